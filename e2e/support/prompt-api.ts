import type { Page } from '@playwright/test';

/**
 * A browser with a model of its own, by the letter of https://webmachinelearning.github.io/prompt-api/: a download needs the user's
 * activation and tells its progress in fractions, a system prompt may only come first, an abort rejects with AbortError, and a destroyed
 * session answers no more. It answers with the number of messages before the prompt, and the prompt backwards.
 */
export async function installPromptApi(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const KEY = 'test-prompt-api-downloaded';
    const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
    const isDownloaded = () => localStorage.getItem(KEY) !== null;

    class Session extends EventTarget {
      private isDestroyed = false;

      constructor(private readonly before: number) {
        super();
      }

      promptStreaming(input: string, { signal }: { signal?: AbortSignal } = {}): ReadableStream<string> {
        if (this.isDestroyed) throw new DOMException('The session was destroyed.', 'InvalidStateError');
        const words = [`${this.before} before.`, ...[...input].toReversed().join('').split(' ')];
        return new ReadableStream<string>({
          async pull(controller) {
            await pause(30);
            if (signal?.aborted) return controller.error(signal.reason);
            const word = words.shift();
            return word === undefined ? controller.close() : controller.enqueue(`${word} `);
          },
        });
      }

      destroy(): void {
        this.isDestroyed = true;
      }
    }

    interface CreateOptions {
      readonly initialPrompts?: readonly { readonly role: string }[];
      readonly signal?: AbortSignal;
      readonly monitor?: (target: EventTarget) => void;
    }

    const LanguageModel = {
      availability: async () => (isDownloaded() ? 'available' : 'downloadable'),
      create: async ({ initialPrompts = [], signal, monitor }: CreateOptions = {}) => {
        if (initialPrompts.slice(1).some(({ role }) => role === 'system')) throw new TypeError('A system prompt must come first.');
        const target = new EventTarget();
        monitor?.(target);
        if (!isDownloaded()) {
          if (!navigator.userActivation.isActive) throw new DOMException('Requires user activation.', 'NotAllowedError');
          for (let step = 0; step <= 10; step++) {
            await pause(150);
            signal?.throwIfAborted();
            target.dispatchEvent(new ProgressEvent('downloadprogress', { loaded: step / 10, total: 1 }));
          }
          localStorage.setItem(KEY, '1');
        }
        signal?.throwIfAborted();
        return new Session(initialPrompts.length);
      },
    };
    Object.defineProperty(globalThis, 'LanguageModel', { value: LanguageModel });
  });
}
