import type { Page } from '@playwright/test';
import type { ReplayServer } from '../replay-server/index.mjs';
import type { Tacit } from '../pages/tacit';
import { expect, fixSeeds } from './test';

interface Stage {
  readonly tacit: Tacit;
  readonly page: Page;
  readonly replay: ReplayServer;
  /** `desktop`, `phone`. */
  readonly size: string;
  readonly theme: 'light' | 'dark';
}

/** Fonts are smoothed a little differently from machine to machine; a moved, lost or recoloured part is far more. */
const TOLERANCE = { maxDiffPixelRatio: 0.03, threshold: 0.3 };

/** Where the words may differ: which pair comes next, or which of two even rivals is named, can hang on the last digit. */
const OTHER_WORDS = { ...TOLERANCE, maxDiffPixelRatio: 0.12 };

/** Walks the main screens and compares each with its picture in e2e/screenshots. `npx playwright test e2e/screens --update-snapshots` takes new ones. */
export async function compareScreens({ tacit, page, replay, size, theme }: Stage): Promise<void> {
  await fixSeeds(page, 7);
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
  const picture = async (name: string, tolerance = TOLERANCE) => {
    // Times and the replay server's port are never the same twice.
    const mask = [page.getByText(/127\.0\.0\.1:\d+/), page.getByText(/ms$/), page.getByText(/Room for downloads/)];
    await expect.soft(page).toHaveScreenshot(`${name}-${size}-${theme}.png`, { ...tolerance, mask, maskColor: '#888888' });
  };

  await tacit.open();
  await picture('empty-chat');
  await tacit.go('taste');
  await tacit.quiz.pickBy('shorter', 0, 3);
  await tacit.quiz.expectPair();
  await expect(tacit.quiz.learned).toBeVisible();
  await picture('taste', OTHER_WORDS);
  await tacit.memory.open();
  await picture('memory');
  await tacit.go('models');
  await expect(page.getByRole('button', { name: /^Ollama/ })).toBeVisible();
  await picture('connect');
  await tacit.models.connect(`${replay.url}/v1`);
  await dismissToasts(page);
  await picture('models');
  await tacit.newChat();
  await tacit.chat.sendTo('Thorough Large', 'Why is the sky blue?');
  // What the choice taught is noted below the answer, some time after it has ended, and moves the page.
  await expect(page.getByText(/^Noted:/)).toBeVisible();
  await page.getByRole('heading', { name: 'Why is the sky blue?', level: 2 }).scrollIntoViewIfNeeded();
  await picture('answer');
  await tacit.chat.why(tacit.chat.answer('Thorough Large'));
  await picture('why', OTHER_WORDS);
  await page.keyboard.press('Escape');
  await tacit.newChat();
  await tacit.chat.type('Plan a weekend in Lisbon.');
  await page.getByRole('button', { name: 'Cost, quality, speed and limits' }).click();
  await expect(page.getByRole('dialog', { name: 'What Auto goes by' }).getByRole('img', { name: /is marked/ })).toBeVisible();
  await picture('picker', OTHER_WORDS);
  await page.keyboard.press('Escape');
  await page.keyboard.press('ControlOrMeta+k');
  await expect(page.getByRole('dialog').getByRole('option').first()).toBeVisible();
  await picture('palette');
  await page.keyboard.press('Escape');
  await tacit.chat.send('Plan a weekend in Lisbon.');
  await tacit.chat.comparison.expectReady();
  await picture('comparison');
  await tacit.go('spending');
  await expect(page.getByRole('heading', { name: 'Spending', level: 1 })).toBeVisible();
  await picture('spending');
  await tacit.settings.open('router');
  await picture('settings');
  await tacit.go('help');
  await expect(page.getByRole('heading', { name: 'Help', level: 1 })).toBeVisible();
  await picture('help');
}

async function dismissToasts(page: Page): Promise<void> {
  await expect(page.locator('[data-sonner-toast]')).toHaveCount(0, { timeout: 20_000 });
}
