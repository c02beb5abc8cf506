import { describe, expect, it } from 'vitest';
import type { QuizPrompt } from '../../../content/quiz';
import { QUIZ_PROMPTS } from '../../../content/quiz';
import { axisIndex, AXIS_COUNT } from '../../../core/dimensions';
import type { PreferencePair } from '../../../core/preference';
import { TEST_FINGERPRINTS } from '../../testing/test-app';
import { preferencePair } from '../../store/preference-pair';
import { describeAnswer, pairsOf, shuffled, unusedPairs } from './deck';

const CONSTANTS = TEST_FINGERPRINTS.axisConstants;
const PROMPTS: readonly QuizPrompt[] = QUIZ_PROMPTS.slice(0, 2);

function pick(prompt: QuizPrompt, chosen: number, rejected: number, undoneAt: number | null = null): PreferencePair {
  const answer = (index: number) => {
    const found = prompt.answers[index];
    if (!found) throw new Error(`${prompt.id} has no answer ${index}`);
    return describeAnswer(found, CONSTANTS);
  };
  return {
    ...preferencePair({
      id: `${prompt.id}-${chosen}-${rejected}`,
      createdAt: 1,
      source: 'quiz',
      outcome: 'win',
      chosen: answer(chosen),
      rejected: answer(rejected),
      queryEmbedding: new Float32Array(384),
      prompt: prompt.prompt,
      artifactVersion: 'test',
    }),
    undoneAt,
  };
}

describe('quiz answers as evidence', () => {
  it('measures the text, takes the quality from its author and knows no residual and no cost', () => {
    const [prompt] = PROMPTS;
    const described = prompt?.answers.map((answer) => describeAnswer(answer, CONSTANTS)) ?? [];
    described.forEach((response, index) => {
      expect(response.features[axisIndex('quality')]).toBe(prompt?.answers[index]?.quality);
      expect(response.features[axisIndex('economy')]).toBe(0);
      expect(response.features.slice(AXIS_COUNT)).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
      expect(response.features[axisIndex('length')]).toBeCloseTo(Math.log1p(response.words));
    });
    expect(new Set(described.map((response) => response.features.join())).size).toBe(4);
  });
});

describe('what may be asked next', () => {
  it('offers all six pairs of every prompt at first', () => {
    expect(unusedPairs(PROMPTS, [], new Set())).toHaveLength(12);
  });

  it('leaves a judged prompt out while others are fresh', () => {
    const [first, second] = PROMPTS;
    const open = unusedPairs(PROMPTS, [pick(first!, 0, 1)], new Set());
    expect(new Set(open.map((pair) => pair.prompt.id))).toEqual(new Set([second!.id]));
  });

  it('comes back to judged prompts with their other pairs', () => {
    const [first, second] = PROMPTS;
    const log = [pick(first!, 2, 1), pick(second!, 0, 3)];
    const open = unusedPairs(PROMPTS, log, new Set());
    expect(open).toHaveLength(10);
    expect(open.map((pair) => pair.id)).not.toContain(pairsOf(first!).find((pair) => pair.id.includes('/b') && pair.id.includes('/c'))?.id);
  });

  it('offers an undone pick again, and nothing that was skipped', () => {
    const [first, second] = PROMPTS;
    const open = unusedPairs(PROMPTS, [pick(first!, 0, 1, 5)], new Set([second!.id]));
    expect(open).toHaveLength(6);
  });

  it('is empty when everything was judged', () => {
    const [first] = PROMPTS;
    const log = [0, 1, 2, 3].flatMap((left) => [0, 1, 2, 3].filter((right) => right > left).map((right) => pick(first!, left, right)));
    expect(unusedPairs([first!], log, new Set())).toEqual([]);
  });
});

describe('shuffled', () => {
  it('keeps every item and depends on the seed alone', () => {
    const items = Array.from({ length: 20 }, (_, index) => index);
    expect(shuffled(items, 7)).toEqual(shuffled(items, 7));
    expect(shuffled(items, 7)).not.toEqual(shuffled(items, 8));
    expect(shuffled(items, 7).toSorted((a, b) => a - b)).toEqual(items);
  });
});
