import type { Page } from '@playwright/test';
import { expect, test } from './support/test';

const PROMPT = 'Why is the sky blue?';

declare global {
  interface Window {
    marks: { pressed: number; left: number };
  }
}

/** From now on the engine answers every other call as usual, but a route only when it is much too late. */
async function delayRoutes(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (this: Worker, ...[message, ...rest]: unknown[]) {
      const send = () => Reflect.apply(post, this, [message, ...rest]);
      const isRoute = typeof message === 'object' && message !== null && 'method' in message && message.method === 'route';
      if (isRoute) setTimeout(send, 60_000);
      else send();
    };
    // When Enter was pressed, and when the prompt left for a provider.
    const marks = (window.marks = { pressed: 0, left: 0 });
    addEventListener('keydown', ({ key }) => key === 'Enter' && (marks.pressed = performance.now()), true);
    const fetchNow = window.fetch.bind(window);
    window.fetch = (...request) => {
      if (String(request[0] instanceof Request ? request[0].url : request[0]).endsWith('/chat/completions')) marks.left = performance.now();
      return fetchNow(...request);
    };
  });
}

test('a late router holds nothing up: after 0.3 seconds the default model answers, and the answer says so', async ({ tacit, page, replay }) => {
  await delayRoutes(page);
  await tacit.open();
  await tacit.models.connect(`${replay.url}/v1`);
  await tacit.newChat();
  await tacit.chat.composer.fill(PROMPT);
  await tacit.chat.press();
  const answer = tacit.chat.answers.first();
  await expect(answer).toContainText('your default model answered at once');
  const waited = await page.evaluate(() => window.marks.left - window.marks.pressed);
  test.info().annotations.push({ type: 'held for', description: `${Math.round(waited)} ms` });
  // 300 ms by design; what a busy machine adds is not the router's doing, whose answer would have come after a minute.
  expect(waited).toBeGreaterThan(250);
  expect(waited).toBeLessThan(3_000);
});
