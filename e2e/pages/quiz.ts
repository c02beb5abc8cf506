import { expect, type Locator, type Page } from '@playwright/test';

export class Quiz {
  readonly prompt: Locator;
  readonly progress: Locator;
  readonly learned: Locator;
  private readonly left: Locator;
  private readonly right: Locator;

  constructor(private readonly page: Page) {
    const main = page.getByRole('main');
    this.prompt = main.locator('blockquote').first();
    this.progress = main.getByRole('progressbar', { name: 'Picks in this round' });
    this.learned = main.getByRole('status').filter({ hasText: /^(Learned|Noted)/ });
    this.left = page.getByRole('region', { name: 'Left answer' });
    this.right = page.getByRole('region', { name: 'Right answer' });
  }

  /** A pair is on screen and can be judged. */
  async expectPair(): Promise<void> {
    await expect(this.page.getByRole('button', { name: /Left is better/ })).toHaveAttribute('aria-disabled', 'false', { timeout: 30_000 });
  }

  async expectCount(count: number): Promise<void> {
    await expect(this.progress).toHaveAttribute('aria-valuenow', String(count));
  }

  /** Whether the left answer has fewer characters than the right one, whole texts. */
  async isLeftShorter(): Promise<boolean> {
    const [left, right] = await Promise.all([this.left.innerText(), this.right.innerText()]);
    return left.length < right.length;
  }

  async pair(): Promise<{ readonly prompt: string; readonly left: string; readonly right: string }> {
    await this.expectPair();
    return { prompt: await this.prompt.innerText(), left: await this.left.innerText(), right: await this.right.innerText() };
  }

  button(name: 'Left is better' | 'Right is better' | 'Tie' | 'Both bad' | 'Skip' | 'Undo' | 'See my profile'): Locator {
    return this.page.getByRole('main').getByRole('button', { name: new RegExp(name) });
  }

  /** Judges pairs by length alone, by keyboard, from `from` made picks up to `to`. */
  async pickBy(wanted: 'shorter' | 'longer', from: number, to: number): Promise<void> {
    for (let made = from; made < to; made += 1) {
      await this.expectPair();
      const takeLeft = (await this.isLeftShorter()) === (wanted === 'shorter');
      await this.page.keyboard.press(takeLeft ? '1' : '2');
      if (made + 1 < 10) await this.expectCount(made + 1);
    }
  }
}
