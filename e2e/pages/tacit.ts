import { expect, type Locator, type Page } from '@playwright/test';
import { Chat } from './chat';
import { Memory } from './memory';
import { Models } from './models';
import { Quiz } from './quiz';
import { Settings } from './settings';

/** A first visit downloads some 40 MB from the next process and compiles it, on a machine that may be busy. */
const WAKE_MS = 100_000;

export interface OpenOptions {
  /** Other than the built app at the configured address. */
  readonly base?: string;
  /** `?…` */
  readonly query?: string;
  /** False where the context blocks service workers, without which no page is isolated here. */
  readonly isolated?: boolean;
}

/** The whole app as a person meets it. */
export class Tacit {
  readonly chat: Chat;
  readonly quiz: Quiz;
  readonly models: Models;
  readonly memory: Memory;
  readonly settings: Settings;

  constructor(readonly page: Page) {
    this.chat = new Chat(page);
    this.quiz = new Quiz(page);
    this.models = new Models(page);
    this.memory = new Memory(page);
    this.settings = new Settings(page);
  }

  /** Loads the page and waits until it has settled: the one reload of a first visit is over and the router is awake. */
  async open(hash = '#/chat', { base = './', query = '', isolated = true }: OpenOptions = {}): Promise<void> {
    await this.page.goto(`${base}${query}${hash}`);
    await this.awake(isolated);
  }

  /** After a load or reload. The page's own policy forbids `waitForFunction`, which evaluates text. */
  async awake(isolated = true): Promise<void> {
    await expect(async () => {
      const state = await this.page.evaluate(() => ({ isolated: crossOriginIsolated, router: document.querySelector('aside [role="status"]')?.textContent }));
      expect(state).toEqual({ isolated, router: expect.stringMatching(/^Router ready/) });
    }).toPass({ timeout: WAKE_MS, intervals: [100, 250, 500] });
  }

  async go(view: 'taste' | 'memory' | 'models' | 'spending' | 'settings' | 'help' | 'chat', argument = ''): Promise<void> {
    await this.page.evaluate((hash) => (location.hash = hash), `#/${view}${argument && `/${argument}`}`);
  }

  async newChat(): Promise<void> {
    await this.go('chat');
    await expect(this.chat.composer).toBeVisible();
  }

  /** A short message that passes. */
  toast(text: string | RegExp): Locator {
    return this.page.locator('[data-sonner-toast]').filter({ hasText: text });
  }
}
