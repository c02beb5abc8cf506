import { expect, type Locator, type Page } from '@playwright/test';
import { Comparison } from './comparison';

/** Names of the replay server's models, which no other name begins with. */
export const REPLAY_MODELS = ['Terse Mini', 'Thorough Large', 'Warm Chat', 'Rigorous Pro', 'Sloppy Free'] as const;
export type ReplayModel = (typeof REPLAY_MODELS)[number];

/** The first route of a page waits until every model's description is encoded. */
const ROUTE_MS = 30_000;

export class Chat {
  readonly composer: Locator;
  readonly comparison: Comparison;
  private readonly form: Locator;

  constructor(private readonly page: Page) {
    this.composer = page.getByRole('textbox', { name: 'Your prompt' });
    this.form = page.locator('form').filter({ has: this.composer });
    this.comparison = new Comparison(page);
  }

  /** What Auto would do with the text as it stands. */
  get preview(): Locator {
    return this.form.getByRole('status');
  }

  get stopButton(): Locator {
    return this.page.getByRole('main').getByRole('button', { name: 'Stop' });
  }

  /** Types and waits for the router's word on it. */
  async type(prompt: string): Promise<void> {
    // An empty box takes the preview of the text before away, so that what shows next belongs to this one.
    await this.composer.fill('');
    await expect(this.preview).toHaveCount(0);
    await this.composer.fill(prompt);
    await expect(this.preview).toHaveText(/about \d+ words|side by side|leave no model/, { timeout: ROUTE_MS });
  }

  async send(prompt: string): Promise<void> {
    await this.type(prompt);
    await this.press();
  }

  /** Sends what is in the box; returns when it has become part of the conversation. */
  async press(): Promise<void> {
    await this.composer.press('Enter');
    await expect(this.composer).toHaveValue('');
  }

  /** Takes the choice for the next prompt out of Auto's hands. */
  async choose(model: string): Promise<void> {
    await this.modelButton.click();
    await this.page.getByRole('menuitemcheckbox', { name: model }).click();
    await expect(this.modelButton).toContainText(model);
    await this.menuClosed();
  }

  /** Sends to one model, whatever Auto would do, and waits for the whole answer. */
  async sendTo(model: string, prompt: string): Promise<void> {
    await this.type(prompt);
    await this.choose(model);
    await this.press();
    await this.expectComplete(model);
  }

  /** Changes a prompt that was sent, and sends it again. */
  async editPrompt(prompt: string, next: string): Promise<void> {
    const turn = this.page.getByRole('listitem').filter({ has: this.page.getByRole('heading', { name: prompt }) });
    await turn.getByRole('button', { name: 'Edit the prompt' }).click();
    const box = this.page.getByRole('textbox', { name: 'Edit the prompt' });
    await box.fill(next);
    await box.press('Enter');
    await expect(this.page.getByRole('heading', { name: next })).toBeVisible();
    await expect(box).toHaveCount(0);
  }

  answer(model: string): Locator {
    return this.page.getByRole('article', { name: `Answer of ${model}` });
  }

  get answers(): Locator {
    return this.page.getByRole('article', { name: /^Answer of/ });
  }

  /** The copy button is there once an answer has ended with text. */
  async expectComplete(model: string): Promise<void> {
    await expect(this.answer(model).last().getByRole('button', { name: 'Copy', exact: true }).last()).toBeVisible({ timeout: 20_000 });
  }

  /** Regenerates the last answer with another model. */
  async regenerateWith(model: ReplayModel): Promise<void> {
    await this.answers.last().getByRole('button', { name: 'Regenerate' }).click();
    await this.page.getByRole('menuitem', { name: model }).or(this.page.getByRole('menuitemcheckbox', { name: model })).click();
    await this.expectComplete(model);
  }

  /** Opens the reasons behind an answer. */
  async why(answer: Locator): Promise<Locator> {
    await answer.getByRole('button', { name: 'Why?' }).click();
    const panel = this.page.getByRole('dialog', { name: 'Why this model' });
    await expect(panel).toBeVisible();
    return panel;
  }

  /** The replay server's models in the router's order for a prompt, as the menu shows them. The prompt stays in the box. */
  async rank(prompt: string): Promise<readonly ReplayModel[]> {
    await this.type(prompt);
    await this.modelButton.click();
    const names = await this.page.getByRole('menuitemcheckbox').allInnerTexts();
    await this.page.keyboard.press('Escape');
    await this.menuClosed();
    return names.flatMap((name) => REPLAY_MODELS.filter((model) => name.startsWith(model)));
  }

  private get modelButton(): Locator {
    return this.form.getByRole('button', { name: /^Model:/ });
  }

  /** A closing menu gives the focus back to its button; a key pressed before would reach the button, not the box. */
  private async menuClosed(): Promise<void> {
    await expect(this.modelButton).toBeFocused();
    await expect(this.page.getByRole('menu')).toHaveCount(0);
  }
}
