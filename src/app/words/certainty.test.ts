import { describe, expect, it } from 'vitest';
import { createTestApp } from '../testing/test-app';
import { sendTurn } from '../use-cases/send-turn';
import { closeRival } from './certainty';

describe('closeRival', () => {
  it('names the runner-up only when it might as well have been chosen', async () => {
    const test = await createTestApp({ models: ['a', 'b'] });
    await sendTurn(test.app, { prompt: 'Hello', chosenModelId: null, parentId: null });
    const decision = test.app.chat.store.getState().turns[0]?.decision ?? null;
    const withChance = (winProbability: number) =>
      decision && { ...decision, ranking: decision.ranking.map((candidate, index) => (index === 1 ? { ...candidate, winProbability } : candidate)) };
    expect(closeRival(withChance(0.47))).toBe('test/b');
    expect(closeRival(withChance(0.3))).toBeNull();
    expect(closeRival(null)).toBeNull();
  });
});
