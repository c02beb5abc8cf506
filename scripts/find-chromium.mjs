import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright';

const SYSTEM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

function onPath(name) {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
}

/**
 * A Chromium to drive: `CHROMIUM_PATH`, else the system's, else Playwright's own download.
 * @returns {string} absolute path
 * @throws when there is none, with the command to run
 */
export function findChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named) return named;
  const found = SYSTEM_NAMES.map(onPath).find(Boolean) ?? chromium.executablePath();
  if (!existsSync(found)) {
    throw new Error('No Chromium found. Run: npx playwright install chromium (or, on Debian, apt-get install chromium)');
  }
  return found;
}
