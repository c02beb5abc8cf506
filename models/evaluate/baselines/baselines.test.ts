import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/core/random';
import { fitBlind } from './blind';
import { EdgeNetwork } from './edge-network';
import { LinearBelief } from './linear-belief';
import { LinearPeople } from './linear-people';
import { principalDirections } from './principal';
import { Matrix, Tape, weights } from './tape';
import type { TaskData } from './task-data';

const SIZE = 384;

/**
 * Two kinds of query and three LLMs: LLM 0 answers the first kind best, LLM 1 the second, LLM 2 neither. Half of the people love LLM 2 whatever
 * is asked, by more than the difference.
 */
function toy(loversOfTwo: boolean): TaskData {
  const random = createRandom(3);
  const kinds = Array.from({ length: 80 }, (_, query) => query % 2);
  const embeddings = kinds.map((kind) => {
    const vector = Float32Array.from({ length: SIZE }, () => 0.02 * (random() - 0.5));
    vector[kind] = 1;
    return vector;
  });
  const reward = (person: number, query: number, column: number) => (column === kinds[query] ? 1 : 0) + (column === 2 && loversOfTwo && person % 2 === 0 ? 2 : 0);
  return {
    width: 3,
    embeddings,
    tasks: kinds.map((kind) => `kind ${kind}`),
    train: Array.from({ length: 50 }, (_, i) => i),
    held: Array.from({ length: 10 }, (_, i) => 50 + i),
    people: 20,
    rewards: (person, queries) => Float64Array.from(queries.flatMap((query) => [0, 1, 2].map((column) => reward(person, query, column)))),
    features: () => Float64Array.from([1, 0, 0, 0, 1, 0, 0, 0, 1]),
    pickNoise: 0.05,
  };
}

const favourite = (scores: ArrayLike<number>, row: number) => [0, 1, 2].reduce((best, column) => (scores[row * 3 + column]! > scores[row * 3 + best]! ? column : best), 0);

describe('tape', () => {
  it('gives the gradient that finite differences give', () => {
    const random = createRandom(1);
    const [a, b, c] = [weights(4, 3, random), weights(3, 5, random), weights(1, 5, random)];
    const targets = Float64Array.from({ length: 10 }, (_, i) => [0.7, 0.3, 0, 0, 0][i % 5]!);
    const loss = (tape: Tape) => tape.crossEntropy(tape.matmulTransposed(tape.relu(tape.add(tape.matmul(tape.gather(a, [1, 3]), b), c)), constant), targets);
    const constant = weights(5, 5, random);
    const tape = new Tape();
    loss(tape);
    tape.backward();
    for (const parameter of [a, b, c, constant]) {
      for (let i = 0; i < parameter.data.length; i++) {
        const kept = parameter.data[i]!;
        parameter.data[i] = kept + 1e-5;
        const up = loss(new Tape());
        parameter.data[i] = kept - 1e-5;
        const down = loss(new Tape());
        parameter.data[i] = kept;
        expect(parameter.grad[i]).toBeCloseTo((up - down) / 2e-5, 5);
      }
    }
    expect(new Matrix(2, 2).data).toHaveLength(4);
  });
});

describe('principal directions', () => {
  it('find the axis along which points spread', () => {
    const random = createRandom(2);
    const rows = Array.from({ length: 60 }, () => { const t = random() - 0.5; return [3 * t, 4 * t, 0.01 * random()]; });
    const [first] = principalDirections(rows, 1, random).directions;
    expect(Math.abs(first![0]!)).toBeCloseTo(0.6, 2);
    expect(Math.abs(first![1]!)).toBeCloseTo(0.8, 2);
  });
});

describe('user-blind baselines', () => {
  it('find the best LLM for each kind of query, and name the cheapest', () => {
    const baselines = fitBlind(toy(false), [3, 2, 1], [0.5, 0.9, 0.1], 0, true, 40);
    const routes = new Map(baselines.map(({ name, scores }) => [name.replace(/ \(.*/, ''), [favourite(scores([60, 61]), 0), favourite(scores([60, 61]), 1)]]));
    for (const name of ['best per task', 'k-means', 'kNN', 'ridge', 'MLP', 'GraphRouter, user-blind']) expect([name, routes.get(name)]).toEqual([name, [0, 1]]);
    expect(routes.get('cheapest')).toEqual([2, 2]);
    expect(routes.get('best judged LLM')).toEqual([1, 1]);
  }, 120_000);
});

describe('personal baselines', () => {
  it('PersonalizedRouter ranks differently for people who picked differently', () => {
    const network = new EdgeNetwork(toy(true), { graph: true, user: true, steps: 40 }, createRandom(4));
    const lover = network.scores([60, 61], Array.from({ length: 12 }, (_, i) => ({ chosen: 2, rejected: i % 2 })));
    const other = network.scores([60, 61], Array.from({ length: 12 }, (_, i) => ({ chosen: i % 2, rejected: 2 })));
    expect([favourite(lover, 0), favourite(lover, 1)]).toEqual([2, 2]);
    expect([favourite(other, 0), favourite(other, 1)]).toEqual([0, 1]);
  }, 120_000);

  it.each(['matrix factorisation', 'LinUCB', 'linear dueling Thompson'] as const)('%s learns who loves what', async (name) => {
    const method = new LinearPeople(name, toy(true), 1);
    const lover = method.begin(0);
    const other = method.begin(1);
    for (let i = 0; i < 16; i++) {
      await lover.observe({ prompt: i, chosen: 2, rejected: i % 2 });
      await other.observe({ prompt: i, chosen: i % 2, rejected: 2 });
    }
    expect(favourite(await lover.scores([60]), 0)).toBe(2);
    expect(favourite(await other.scores([60]), 0)).toBe(0);
    const [first, second] = await lover.duel(60);
    expect(first).not.toBe(second);
  });
});

describe('a linear belief', () => {
  it('moves towards what was picked and grows surer along it', () => {
    const belief = new LinearBelief([0, 0], [1, 1]);
    const before = belief.deviation([1, 0]);
    for (let i = 0; i < 10; i++) belief.learn([1, 0], 0, 1);
    expect(belief.mean[0]!).toBeGreaterThan(0.5);
    expect(belief.mean[1]!).toBe(0);
    expect(belief.deviation([1, 0])).toBeLessThan(before);
    expect(belief.deviation([0, 1])).toBe(1);
  });
});
