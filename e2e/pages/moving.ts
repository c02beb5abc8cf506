import { expect, type Locator, type Page } from '@playwright/test';

export interface UploadedFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** The parts of Memory that move things in, out and between devices. */
export class Moving {
  constructor(private readonly page: Page) {}

  async open(): Promise<void> {
    await this.page.evaluate(() => (location.hash = '#/memory'));
    await expect(this.page.getByRole('heading', { name: 'Import from another app' })).toBeVisible();
  }

  get dialog(): Locator {
    return this.page.getByRole('dialog');
  }

  /** Chooses exports of another app; resolves when the dialog shows what is in them, or what is wrong. */
  async choose(...files: readonly UploadedFile[]): Promise<void> {
    await this.open();
    await this.page.getByLabel('Export of another app').setInputFiles([...files]);
    await expect(this.dialog.getByRole('button', { name: /^Import/ }).or(this.dialog.getByRole('alert'))).toBeVisible({ timeout: 60_000 });
  }

  /** Imports what was chosen. */
  async accept(): Promise<void> {
    await this.dialog.getByRole('button', { name: /^Import/ }).click();
    await this.dialog.getByRole('button', { name: 'Done' }).click({ timeout: 60_000 });
    await expect(this.dialog).toHaveCount(0);
  }

  /** Opens the dialog that sets sync up, on its WebDAV side. */
  async fillWebDav(address: { readonly url: string; readonly user: string; readonly password: string }, passphrase: string): Promise<void> {
    // While the dialog is open, what lies behind it is hidden from everybody.
    if ((await this.dialog.count()) === 0) {
      await this.open();
      await this.page.getByRole('button', { name: 'Set up sync' }).click();
    }
    await this.dialog.getByLabel('Address of the folder').fill(address.url);
    await this.dialog.getByLabel('User').fill(address.user);
    await this.dialog.getByRole('textbox', { name: 'Password' }).fill(address.password);
    await this.dialog.getByRole('textbox', { name: 'Passphrase' }).fill(passphrase);
    await this.dialog.getByRole('button', { name: 'Connect and sync' }).click();
  }

  async connected(): Promise<void> {
    await expect(this.dialog).toHaveCount(0, { timeout: 60_000 });
    await expect(this.page.getByRole('button', { name: 'Sync now' })).toBeEnabled();
  }

  /** A round that was asked for, from the press to its end. */
  async sync(): Promise<void> {
    await this.open();
    const button = this.page.getByRole('button', { name: 'Sync now' });
    await button.click();
    await expect(this.page.getByRole('button', { name: 'Stop', exact: true })).toHaveCount(0, { timeout: 60_000 });
    await expect(button).toBeEnabled();
  }

  get problem(): Locator {
    return this.page.getByText('Not synced', { exact: true });
  }
}
