import { expect, type Locator, type Page } from '@playwright/test';
import { expectFits } from '../support/fits';

/** The sidebar of a phone, used by touch. */
export class Drawer {
  readonly panel: Locator;

  constructor(private readonly page: Page) {
    this.panel = page.getByRole('dialog', { name: 'Conversations and views' });
  }

  async open(): Promise<void> {
    await this.page.getByRole('button', { name: 'Open the sidebar' }).tap();
    await expect(this.panel).toBeVisible();
    await expectFits(this.page, 'the sidebar');
  }

  /** Goes to a view as a thumb does. */
  async go(view: string): Promise<void> {
    await this.open();
    await this.panel.getByRole('link', { name: view, exact: true }).tap();
    await expect(this.panel).toHaveCount(0);
    await expect(this.page.getByRole('heading', { name: view, level: 1 })).toBeVisible();
  }

  async newChat(): Promise<void> {
    await this.open();
    await this.panel.getByRole('button', { name: 'New chat' }).tap();
    await expect(this.panel).toHaveCount(0);
  }

  /** Opens the menu of a chat or folder and taps an item of it. */
  async choose(row: string, item: string): Promise<void> {
    await this.panel.getByRole('button', { name: `Options for ${row}` }).tap();
    await expectFits(this.page, `the menu of ${row}`);
    await this.page.getByRole('menuitem', { name: item }).tap();
  }

  chat(title: string): Locator {
    return this.panel.getByRole('link', { name: title, exact: true });
  }
}
