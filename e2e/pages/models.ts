import { expect, type Locator, type Page } from '@playwright/test';

export interface ConnectOptions {
  readonly name?: string;
  readonly key?: string;
}

export class Models {
  readonly dialog: Locator;

  constructor(private readonly page: Page) {
    this.dialog = page.getByRole('dialog');
  }

  /** Fills the form for a server of one's own and presses the button; what follows is the caller's to check. */
  async tryServer(baseUrl: string, { name = 'Replay', key }: ConnectOptions = {}): Promise<void> {
    await this.page.evaluate(() => (location.hash = '#/models'));
    const another = this.page.getByRole('button', { name: 'Connect another' });
    const preset = this.page.getByRole('button', { name: /^Another server/ });
    await expect(another.or(preset).first()).toBeVisible();
    if (await another.isVisible()) await another.click();
    await preset.click();
    await this.dialog.getByRole('textbox', { name: 'Address' }).fill(baseUrl);
    await this.dialog.getByRole('textbox', { name: 'Name' }).fill(name);
    if (key !== undefined) await this.dialog.getByLabel(/^API key/).fill(key);
    await this.dialog.getByRole('button', { name: 'Test and connect' }).click();
  }

  /** Leaves for OpenRouter's page. */
  async beginOpenRouter(): Promise<void> {
    await this.page.getByRole('button', { name: /^OpenRouter/ }).click();
    await this.dialog.getByRole('button', { name: 'Sign in with OpenRouter' }).click();
  }

  /** Connects a server that works. */
  async connect(baseUrl: string, options: ConnectOptions = {}): Promise<void> {
    await this.tryServer(baseUrl, options);
    await expect(this.dialog).toHaveCount(0);
    await expect(this.page.getByRole('heading', { level: 3 }).filter({ hasText: options.name ?? 'Replay' })).toBeVisible();
  }

  /** The switch that puts a model into Auto's pool. */
  inPool(model: string): Locator {
    return this.page.getByRole('switch', { name: `${model} for Auto` });
  }
}
