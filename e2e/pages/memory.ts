import { readFile } from 'node:fs/promises';
import { expect, type Locator, type Page } from '@playwright/test';

export class Memory {
  constructor(private readonly page: Page) {}

  async open(): Promise<void> {
    await this.page.evaluate(() => (location.hash = '#/memory'));
    await expect(this.page.getByRole('heading', { name: 'Memory', level: 1 })).toBeVisible();
  }

  /** One row a pick, newest first. */
  get picks(): Locator {
    return this.page.getByRole('listitem').filter({ has: this.page.getByRole('button', { name: /^(Take this pick back|Let this pick count again)/ }) });
  }

  /** "You like …" and "You seem to lean towards …". */
  get profile(): Locator {
    return this.page.getByText(/^You (like|seem to lean towards) /);
  }

  /** Saves a backup without keys and returns the file's text. */
  async backup(): Promise<string> {
    await this.open();
    await this.page.getByRole('button', { name: 'Save a backup' }).click();
    const dialog = this.page.getByRole('dialog', { name: 'Save a backup' });
    const [download] = await Promise.all([this.page.waitForEvent('download'), dialog.getByRole('button', { name: 'Save the file' }).click()]);
    expect(download.suggestedFilename()).toMatch(/^tacit.*\.json$/);
    await expect(dialog).toHaveCount(0);
    return readFile(await download.path(), 'utf8');
  }

  /** Chooses a file to restore; the dialog then shows what is in it. */
  async chooseBackup(text: string): Promise<Locator> {
    await this.open();
    await this.page.getByLabel('Backup file').setInputFiles({ name: 'tacit-backup.json', mimeType: 'application/json', buffer: Buffer.from(text) });
    const dialog = this.page.getByRole('dialog', { name: 'Restore a backup' });
    await expect(dialog).toBeVisible();
    return dialog;
  }

  async restore(text: string): Promise<void> {
    const dialog = await this.chooseBackup(text);
    await dialog.getByRole('radio', { name: 'Replace what is here' }).click();
    await dialog.getByRole('button', { name: 'Delete what is here and restore' }).click();
    await expect(dialog).toHaveCount(0, { timeout: 30_000 });
  }
}
