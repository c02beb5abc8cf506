import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, freshTest as test } from './support/test';
import { Tacit } from './pages/tacit';

test('the browser finds nothing that speaks against installing it', async ({ playwright, launchOptions, baseURL }) => {
  // In a plain context Chromium answers "in-incognito".
  const profile = await mkdtemp(join(tmpdir(), 'tacit-install-'));
  const context = await playwright.chromium.launchPersistentContext(profile, { ...launchOptions, ...(baseURL === undefined ? {} : { baseURL }) });
  try {
    const page = context.pages()[0] ?? (await context.newPage());
    await new Tacit(page).open();
    const session = await context.newCDPSession(page);
    const manifest = await session.send('Page.getAppManifest');
    expect(manifest.errors).toEqual([]);
    expect(JSON.parse(manifest.data ?? '{}')).toMatchObject({ name: 'Tacit', display: 'standalone', start_url: './' });
    await expect.poll(async () => (await session.send('Page.getInstallabilityErrors')).installabilityErrors).toEqual([]);
  } finally {
    await context.close();
    await rm(profile, { recursive: true, force: true });
  }
});
