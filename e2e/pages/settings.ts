import { expect, type Locator, type Page } from '@playwright/test';

export class Settings {
  constructor(private readonly page: Page) {}

  async open(section: 'appearance' | 'router' | 'engine' | 'privacy'): Promise<void> {
    await this.page.evaluate((name) => (location.hash = `#/settings/${name}`), section);
    await expect(this.page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
  }

  /** Two answers side by side when unsure, or always one. */
  async setComparisons(on: boolean): Promise<void> {
    await this.open('router');
    const toggle = this.page.getByRole('switch', { name: 'Ask me when unsure' });
    await toggle.setChecked(on);
    await expect(toggle).toBeChecked({ checked: on });
  }

  async setComparisonsPerDay(count: number): Promise<void> {
    await this.open('router');
    const slider = this.page.getByRole('slider', { name: 'How often' });
    await slider.focus();
    await this.page.keyboard.press('Home');
    for (let at = 1; at < count; at += 1) await this.page.keyboard.press('ArrowRight');
    await expect(slider).toHaveAttribute('aria-valuenow', String(count));
  }

  async chooseDevice(device: 'Choose for me' | 'GPU' | 'CPU'): Promise<void> {
    await this.open('engine');
    await this.page.getByRole('radio', { name: device, exact: true }).click();
  }

  /** What the engine says of itself, for example `Runs on` → `CPU · 2 threads`. */
  fact(term: string): Locator {
    return this.page.locator('dl > div').filter({ has: this.page.getByRole('term').filter({ hasText: new RegExp(`^${term}$`) }) }).getByRole('definition');
  }
}
