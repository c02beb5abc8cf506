import { describe, expect, it } from 'vitest';
import { axisIndex, FEATURE_COUNT, type AxisName } from '../../core/dimensions';
import type { JudgedResponse, Outcome, PreferencePair } from '../../core/preference';
import { changesFromPick, listText, tasteAxes, tasteSummary, type TasteState } from './taste-profile';

function vector(values: Partial<Record<AxisName, number>>): number[] {
  const features = Array.from({ length: FEATURE_COUNT }, () => 0);
  for (const [axis, value] of Object.entries(values)) features[axisIndex(axis as AxisName)] = value;
  return features;
}

function taste(weights: Partial<Record<AxisName, number>>, deviation: number): TasteState {
  const covariance = Array.from({ length: FEATURE_COUNT ** 2 }, (_, at) => (at % (FEATURE_COUNT + 1) === 0 ? deviation ** 2 : 0));
  return { userEmbedding: vector(weights), covariance };
}

function pick(chosen: Partial<Record<AxisName, number>>, rejected: Partial<Record<AxisName, number>> | null, outcome: Outcome = 'win'): PreferencePair {
  const response = (features: number[]): JudgedResponse => ({ modelId: 'm', features, blindUtility: 0, words: 1, costUsd: null, latencyMs: null });
  return {
    id: 'p', createdAt: 1, source: 'quiz', outcome, chosen: response(vector(chosen)), rejected: rejected && response(vector(rejected)),
    queryEmbedding: new Float32Array(384), promptExcerpt: '', weight: 1, blind: true, chosenSide: 'left', propensity: 1,
    artifactVersion: 'test', conversationId: null, turnId: null, undoneAt: null,
  };
}

describe('tasteAxes', () => {
  it('calls a weight clear, leaning or unknown by how sure its sign is', () => {
    const axes = tasteAxes(taste({ length: -1, warmth: 0.55, code: 0.1 }, 0.5));
    const certainty = (name: AxisName) => axes.find((axis) => axis.axis === name)?.certainty;
    expect([certainty('length'), certainty('warmth'), certainty('code'), certainty('economy')]).toEqual(['clear', 'leaning', 'unknown', 'unknown']);
  });

  it('does not speak of a wish too small to be noticed, however sure its sign', () => {
    expect(tasteAxes(taste({ code: 0.03 }, 0.01)).find((axis) => axis.axis === 'code')?.certainty).toBe('unknown');
  });

  it('reads the deviation from the diagonal', () => {
    expect(tasteAxes(taste({}, 0.3)).every((axis) => Math.abs(axis.deviation - 0.3) < 1e-12)).toBe(true);
  });

  it('has words for both directions of a weight, however small', () => {
    const words = (weight: number) => tasteAxes(taste({ length: weight }, 1)).find((axis) => axis.axis === 'length')?.words;
    expect([words(0.001), words(-0.001)]).toEqual(['longer answers', 'shorter answers']);
  });
});

describe('tasteSummary', () => {
  it('names the surest first and lists what is open', () => {
    const summary = tasteSummary(tasteAxes(taste({ length: -1, warmth: -2, examples: 0.55 }, 0.5)));
    expect(summary.clear).toEqual(['a more matter-of-fact tone', 'shorter answers']);
    expect(summary.leaning).toEqual(['more examples']);
    expect(summary.unknown).toContain('Structure');
    expect(summary.unknown).toHaveLength(9);
  });
});

describe('changesFromPick', () => {
  const { covariance } = taste({}, 1);

  it('names what the chosen answer had more of, the most striking first', () => {
    const changes = changesFromPick(pick({ length: -1, warmth: 2 }, { warmth: 0.2 }), covariance, 2);
    expect(changes.map((change) => change.words)).toEqual(['a warmer tone', 'shorter answers']);
  });

  it('learns no direction from a tie', () => {
    expect(changesFromPick(pick({ length: 1 }, { length: -1 }, 'tie'), covariance, 2)).toEqual([]);
  });

  it('does not speak of usual lengths beside the length', () => {
    const changes = changesFromPick(pick({ length: -1, length_fit: -1.2 }, {}), covariance, 2);
    expect(changes.map((change) => change.axis)).toEqual(['length']);
  });
});

describe('listText', () => {
  it('joins as one would say it', () => {
    expect([listText([]), listText(['a']), listText(['a', 'b']), listText(['a', 'b', 'c'])]).toEqual(['', 'a', 'a and b', 'a, b and c']);
  });
});
