import { compareScreens } from './support/screens';
import { test } from './support/test';

for (const theme of ['light', 'dark'] as const) {
  test(`every main screen looks as it did, desktop, ${theme}`, async ({ tacit, page, replay }) => {
    test.setTimeout(180_000);
    await compareScreens({ tacit, page, replay, size: 'desktop', theme });
  });
}
