import { expect, test } from './support/test';
import { storedRanking, type Scored } from './support/stored';
import type { Tacit } from './pages/tacit';
import type { Page } from '@playwright/test';

const PROMPTS = ['Why is the sky blue?', 'Write a Python function that reverses a linked list.', 'I feel nervous about a job interview tomorrow. What can I do?'];
/**
 * The devices run different weights of one encoder: int8 on the CPU, fp16 on the GPU. Their embeddings have a mean cosine above 0.99, and scores
 * (in logits, apart by about 1 between the best and the worst model) may differ by what that leaves.
 */
const TOLERANCE = 0.1;

// A software GPU on two cores may take minutes for its first routes; by hand: TACIT_GPU=1 npx playwright test e2e/devices.spec.ts
test.skip(!process.env.TACIT_GPU, 'TACIT_GPU is not set');

test('GPU and CPU agree on who should answer', async ({ tacit, page, replay }) => {
  test.setTimeout(400_000);
  await tacit.open('#/settings/engine', { query: '?software-gpu' });
  await tacit.models.connect(`${replay.url}/v1`);
  await tacit.settings.setComparisons(false);
  const cpu = await route(tacit, page);

  await tacit.settings.chooseDevice('GPU');
  await expect(tacit.settings.fact('Runs on')).toHaveText(/^GPU/, { timeout: 120_000 });
  // A software GPU compiles its shaders at the first route and encodes the models' descriptions afresh.
  await tacit.newChat();
  await tacit.chat.composer.fill('What is this for?');
  await expect(tacit.chat.preview).toHaveText(/about \d+ words/, { timeout: 150_000 });
  const gpu = await route(tacit, page);

  cpu.forEach((scores, index) => {
    expect(scores).toHaveLength(5);
    for (const { model, score } of scores) expect(Math.abs(score - (gpu[index]?.find((other) => other.model === model)?.score ?? NaN)), `${model}, prompt ${index}`).toBeLessThan(TOLERANCE);
  });
});

/** Scores for each prompt. Answers of the models are not awaited, since the router learns from them. */
async function route(tacit: Tacit, page: Page): Promise<readonly (readonly Scored[])[]> {
  const rankings: (readonly Scored[])[] = [];
  for (const prompt of PROMPTS) {
    await tacit.newChat();
    await tacit.chat.send(prompt);
    rankings.push(await storedRanking(page, prompt));
  }
  return rankings;
}
