import { expect, test } from './support/test';
import type { ReplayFailure } from './replay-server/index.mjs';

const PROMPT = 'Why is the sky blue?';
/** Early in the long written answer. */
const EARLY = 'Sunlight looks white';

test.beforeEach(async ({ tacit, replay }) => {
  await tacit.open();
  await tacit.models.connect(`${replay.url}/v1`);
  await tacit.newChat();
});

const CUTS: readonly { readonly name: string; readonly failure: ReplayFailure; readonly says: RegExp }[] = [
  { name: 'the connection dies', failure: { kind: 'die', afterChunks: 30 }, says: /stopped in the middle|cannot reach|does not answer/ },
  { name: 'the stream ends without a finish', failure: { kind: 'cut', afterChunks: 30 }, says: /stopped in the middle/ },
  { name: 'the provider reports a fault', failure: { kind: 'error_chunk', afterChunks: 30, message: 'The backend fell over.' }, says: /stopped in the middle|fault on its side/ },
];

for (const { name, failure, says } of CUTS) {
  test(`mid-stream ${name}: what arrived is kept, with advice and a way on`, async ({ tacit, page, replay }) => {
    replay.control.fail({ failure });
    await tacit.chat.type(PROMPT);
    await tacit.chat.choose('Thorough Large');
    await tacit.chat.press();
    const answer = tacit.chat.answer('Thorough Large');
    await expect(answer).toContainText(says);
    await expect(answer).toContainText(EARLY);
    await expect(answer).toContainText(/Regenerate|Try again|choose another model/i);
    await expect(answer.getByRole('button', { name: 'Another model' })).toBeVisible();

    // On disk as well.
    await page.reload();
    await expect(answer).toContainText(EARLY);
    await expect(answer).toContainText(says);
    await answer.getByRole('button', { name: 'Try again' }).click();
    await tacit.chat.expectComplete('Thorough Large');
    await expect(answer).toContainText('look up');
    await expect(page.getByText('2 of 2')).toBeVisible();
    await page.getByRole('button', { name: 'Earlier answer' }).click();
    await expect(answer).toContainText(says);
  });
}

test('a rate limit tells how long to wait', async ({ tacit, replay }) => {
  replay.control.fail({ failure: { kind: 'status', status: 429, retryAfterSeconds: 20, message: 'Rate limit reached. Please try again in 20s.' } });
  await tacit.chat.type(PROMPT);
  await tacit.chat.choose('Terse Mini');
  await tacit.chat.press();
  const answer = tacit.chat.answer('Terse Mini');
  await expect(answer).toContainText('limits how often you may ask');
  await expect(answer).toContainText('Try again in 20 seconds');
  await answer.getByRole('button', { name: 'Try again' }).click();
  await tacit.chat.expectComplete('Terse Mini');
});

test('one side of a comparison fails: the other one is the answer', async ({ tacit, page, replay }) => {
  replay.control.fail({ failure: { kind: 'status', status: 500 } });
  await tacit.chat.type('Explain compound interest with an example.');
  await expect(tacit.chat.preview).toContainText('side by side');
  await tacit.chat.press();
  await expect(page.getByRole('main')).toContainText(/Not compared|fault on its side/);
  await expect.poll(() => replay.control.log().filter(({ outcome, match }) => outcome === 'done' && match !== null).length).toBe(1);
  await expect(tacit.chat.comparison.picks).toHaveCount(0);
});
