import { fixSeeds, test } from './support/test';
for (const theme of ['light', 'dark'] as const)
test(`look ${theme}`, async ({ tacit, page, replay }) => {
  await fixSeeds(page, 7);
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
  await tacit.open();
  await tacit.models.connect(`${replay.url}/v1`);
  await tacit.newChat();
  await tacit.chat.type('Why is the sky blue?');
  await page.getByRole('button', { name: 'Cost, quality, speed and limits' }).click();
  await page.waitForTimeout(5_000);
  await page.screenshot({ path: `/tmp/look-phone/picker-phone-${theme}.png` });
  await page.getByRole('dialog').evaluate((e) => e.scrollTo(0, 520));
  await page.screenshot({ path: `/tmp/look-phone/picker-phone2-${theme}.png` });
  await page.getByRole('dialog').evaluate((e) => e.scrollTo(0, 5200));
  await page.screenshot({ path: `/tmp/look-phone/picker-phone3-${theme}.png` });
});
