import type { Page } from '@playwright/test';
import { startReplayServer } from './replay-server/index.mjs';
import { englishLeft } from './support/english-left';
import { expect, fixSeeds, test } from './support/test';
import type { Tacit } from './pages/tacit';

/** Where `ZH_PICTURES` names a folder, every screen is photographed there, on a desktop and on a phone. */
const PICTURES = process.env.ZH_PICTURES ?? null;
const DESKTOP = { width: 1280, height: 800 };
const PHONE = { width: 412, height: 839 };

/** Which the replay server has answers for. */
const EGG = 'How long should I boil an egg?';
const SKY = 'Why is the sky blue?';

/** Names and commands, the browser's own words, and prompts where a label repeats them. */
const KEPT = [/Open WebUI/, /LM Studio/, /lms server start/, /Failed to fetch/, /(?<=这次选择：).*/, new RegExp(`(${EGG}|${SKY})`.replaceAll('?', '\\?'))];

async function expectChinese(page: Page, name: string): Promise<void> {
  if (PICTURES !== null) {
    await page.screenshot({ path: `${PICTURES}/zh-${name}-desktop.png` });
    await page.setViewportSize(PHONE);
    await page.screenshot({ path: `${PICTURES}/zh-${name}-phone.png` });
    await page.setViewportSize(DESKTOP);
  }
  expect.soft(await englishLeft(page, KEPT), name).toEqual([]);
}

async function chooseChinese(tacit: Tacit, page: Page): Promise<void> {
  await tacit.open();
  await tacit.settings.open('appearance');
  await page.getByRole('radio', { name: '中文' }).click();
  await expect(page.getByRole('heading', { name: '设置', level: 1 })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
}

async function tryServer(page: Page, address: string): Promise<void> {
  await page.evaluate(() => (location.hash = '#/models'));
  const another = page.getByRole('button', { name: '再连接一个' });
  const preset = page.getByRole('button', { name: /^其他服务器/ });
  await expect(another.or(preset).first()).toBeVisible();
  if (await another.isVisible()) await another.click();
  await preset.click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: '地址' }).fill(address);
  await dialog.getByRole('textbox', { name: '名称' }).fill('Replay');
  await dialog.getByLabel(/^API 密钥/).fill('sk-e2e-1234');
  await dialog.getByRole('button', { name: '测试并连接' }).click();
}

test('every view can be read in Chinese, before anything is connected and after', async ({ tacit, page }) => {
  await fixSeeds(page, 7);
  await chooseChinese(tacit, page);
  await tacit.go('chat');
  await expect(page.getByRole('textbox', { name: '你的提问' })).toBeVisible();
  await expectChinese(page, 'empty-chat');
  for (const section of ['appearance', 'router', 'engine', 'privacy', 'about']) {
    await tacit.go('settings', section);
    await expect(page.getByRole('heading', { name: '设置', level: 1 })).toBeVisible();
    await expectChinese(page, `settings-${section}`);
  }
  await tacit.go('help');
  await expect(page.getByRole('heading', { name: '帮助', level: 1 })).toBeVisible();
  await expectChinese(page, 'help');
  await tacit.go('spending');
  await expect(page.getByRole('heading', { name: '支出', level: 1 })).toBeVisible();
  await expectChinese(page, 'spending');
  await tacit.go('models');
  await expect(page.getByRole('button', { name: /^Ollama/ })).toBeVisible();
  await expectChinese(page, 'connect');
  await tacit.go('memory');
  await expect(page.getByText('它还不了解你')).toBeVisible();
  await expectChinese(page, 'memory-empty');
  await page.getByRole('button', { name: '保存备份' }).click();
  await expectChinese(page, 'backup');
  await page.keyboard.press('Escape');
  await page.keyboard.press('ControlOrMeta+k');
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectChinese(page, 'palette');
  await page.keyboard.press('Escape');
  await tacit.go('taste');
  await expect(page.getByRole('button', { name: /左边更好/ })).toBeVisible();
  await expectChinese(page, 'taste');
  await page.getByRole('button', { name: /左边更好/ }).click();
  await expect(page.getByText(/学到了|已记下/).first()).toBeVisible();
  await expectChinese(page, 'taste-learned');
  await tacit.go('memory');
  await expect(page.getByRole('heading', { name: '你的选择' })).toBeVisible();
  await expectChinese(page, 'memory');
});

test('a wrong key and a dead server are explained in Chinese, with commands as they are', async ({ tacit, page, replay }) => {
  const dead = await startReplayServer();
  await dead.close();
  await chooseChinese(tacit, page);
  replay.control.fail({ failure: { kind: 'status', status: 401 }, endpoint: 'models' });
  await tryServer(page, `${replay.url}/v1`);
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('Replay 不接受这个 API 密钥。');
  await expectChinese(page, 'wrong-key');
  await dialog.getByRole('textbox', { name: '地址' }).fill(`${dead.url}/v1`);
  await dialog.getByRole('button', { name: '测试并连接' }).click();
  await expect(dialog).toContainText(/Replay 在 .* 没有响应|本页面无法连接/);
  await expectChinese(page, 'dead-server');
  await dialog.getByRole('textbox', { name: '地址' }).fill('http://localhost:11434/v1');
  await dialog.getByText('如何允许本页面访问').click();
  await expect(dialog.getByText(/OLLAMA_ORIGINS/).first()).toBeVisible();
  await expectChinese(page, 'ollama-steps');
});

test('a chat, a comparison and a failure are in Chinese; the failure follows the language', async ({ tacit, page, replay }) => {
  await fixSeeds(page, 7);
  await chooseChinese(tacit, page);
  await tryServer(page, `${replay.url}/v1`);
  await expect(tacit.toast('Replay 列出了 5 个模型。')).toBeVisible();
  await expectChinese(page, 'models');
  await tacit.go('chat');
  const composer = page.getByRole('textbox', { name: '你的提问' });
  await composer.fill(EGG);
  await expect(page.locator('form').getByRole('status')).toContainText('并排两个回答');
  await composer.press('Enter');
  await expect(page.getByRole('button', { name: /左边更好/ })).toBeVisible({ timeout: 20_000 });
  await expectChinese(page, 'comparison');
  await page.getByRole('button', { name: /左边更好/ }).click();
  await expect(page.getByText(/^已记下/)).toBeVisible();
  await expectChinese(page, 'picked');
  await page.getByRole('button', { name: '为什么？' }).click();
  await expect(page.getByRole('dialog', { name: '为什么是这个模型' })).toBeVisible();
  await expectChinese(page, 'why');
  await page.keyboard.press('Escape');

  await tacit.go('settings', 'router');
  await page.getByRole('switch', { name: '拿不准时问我' }).setChecked(false);
  replay.control.fail({ failure: { kind: 'status', status: 402 } });
  await tacit.go('chat');
  await composer.fill(SKY);
  await expect(page.locator('form').getByRole('status')).toContainText(/约 \d+ 词/);
  await composer.press('Enter');
  await expect(page.getByText('Replay 表示账户余额已用完。')).toBeVisible();
  await expectChinese(page, 'failure');
  const chat = await page.evaluate(() => location.hash);
  await tacit.go('settings', 'appearance');
  await page.getByRole('radio', { name: 'English' }).click();
  await page.evaluate((hash) => (location.hash = hash), chat);
  await expect(page.getByText('Replay says the account has no credit left.')).toBeVisible();
});
