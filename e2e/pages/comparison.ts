import { expect, type Locator, type Page } from '@playwright/test';

/** Two answers side by side, in the chat. */
export class Comparison {
  readonly left: Locator;
  readonly right: Locator;

  constructor(private readonly page: Page) {
    this.left = page.getByRole('region', { name: 'Left answer' });
    this.right = page.getByRole('region', { name: 'Right answer' });
  }

  get picks(): Locator {
    return this.page.getByRole('group', { name: 'Which answer is better?' });
  }

  /** Both have been received, so that a pick is possible. */
  async expectReady(): Promise<void> {
    await expect(this.picks.getByRole('button', { name: /Left is better/ })).toBeVisible({ timeout: 20_000 });
  }

  /** Picks the shorter (or the longer) of the two and returns the name that is then revealed. */
  async pick(wanted: 'shorter' | 'longer'): Promise<string> {
    await this.expectReady();
    const [left, right] = [(await this.left.innerText()).length, (await this.right.innerText()).length];
    const takeLeft = wanted === 'shorter' ? left < right : left > right;
    await this.picks.getByRole('button', { name: takeLeft ? /Left is better/ : /Right is better/ }).click();
    const side = takeLeft ? this.left : this.right;
    await expect(side.getByText('Your pick')).toBeVisible();
    return (await side.locator('header strong').innerText()).trim();
  }
}
