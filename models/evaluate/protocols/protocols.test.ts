import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/core/random';
import { MissingFile } from '../files';
import { soloCrew } from '../parallel';
import { sectionText } from '../report';
import { openWorkbench } from '../workbench';
import { PROTOCOLS } from './index';
import type { ProtocolInput } from './protocol';

/** A folder of other LLMs, people and prompts than any training saw, without splits.json; the shipped files run on it. */

const LLMS = ['zeta-terse', 'zeta-long', 'omega-plain', 'omega-lists'];
const PROMPTS = 12;
const FEATURES = ['words', 'sentences', 'headers', 'bullets', 'numbered', 'bold', 'flesch', 'warmth', 'exclaims', 'steps', 'equations', 'citations', 'hedges', 'disclaimers', 'examples', 'ask_back', 'ends_question', 'code_frac', 'tok_est'];

function writeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'benchmark-'));
  for (const name of ['alpacaeval', 'routing', 'human/prism_subset']) mkdirSync(join(folder, name), { recursive: true });
  const random = createRandom(8);
  const lines = (name: string, rows: readonly unknown[]) => writeFileSync(join(folder, name), rows.map((row) => (typeof row === 'string' ? row : JSON.stringify(row))).join('\n'));
  const prompts = Array.from({ length: PROMPTS }, (_, i) => ({ id: `x-${i}`, task: i % 2 ? 'gardening' : 'sailing', query: `Question ${i} about ${i % 2 ? 'roses' : 'knots'}`, words: 4, tok_est: 6 }));
  lines('alpacaeval/prompts.jsonl', prompts);
  lines('alpacaeval/response_features.csv', [`prompt_id,llm,${FEATURES.join(',')}`, ...prompts.flatMap(({ id }) => LLMS.map((llm, m) => {
    const words = Math.round((m === 1 ? 300 : 40) * (0.8 + 0.4 * random()));
    const row: Record<string, number> = { words, sentences: words / 12, bullets: m === 3 ? 8 : 0, flesch: 50 + 10 * random(), tok_est: words * 1.3 };
    return [id, llm, ...FEATURES.map((name) => row[name] ?? 0)].join(',');
  }))]);
  lines('alpacaeval/judgments.csv', ['prompt_id,llm,judge,reference_llm,p_win', ...prompts.flatMap(({ id }) => LLMS.map((llm, m) => [id, llm, 'weighted_alpaca_eval_gpt4_turbo', 'ref', (0.2 + 0.1 * m + 0.1 * random()).toFixed(3)].join(',')))]);
  writeFileSync(join(folder, 'llms.json'), JSON.stringify(LLMS.map((id, m) => ({ id, family: id.split('-')[0], provider: 'Nobody', params_b: 5 + m, released: '2024-01', context_tokens: 4096, kind: 'chat', price_in_usd_per_mtok: 0.1, price_out_usd_per_mtok: 0.1 + m, description: `A model called ${id}.` }))));
  writeFileSync(join(folder, 'simulated_users.json'), JSON.stringify(Array.from({ length: 4 }, (_, i) => ({ id: `w${i}`, kind: i < 2 ? 'linear' : 'ideal_length', quality_weight: 0.5, cost_weight: 0.2, trait_weights: { brevity: i % 2 ? 2 : -2 }, noise: 0.1, ...(i < 2 ? {} : { ideal_words: 50 }) }))));
  lines('routing/routerbench_subset.jsonl', Array.from({ length: 40 }, (_, i) => ({ id: `r${i}`, task: 'sums', query: `What is ${i} + ${i * i}?`, scores: Object.fromEntries(LLMS.map((id, m) => [id, m === 1 ? 1 : (i + m) % 2])), cost_usd: Object.fromEntries(LLMS.map((id, m) => [id, 0.001 * (m + 1)])) })));
  lines('human/prism_subset/interactions.jsonl', Array.from({ length: 9 }, (_, i) => ({ user_id: `h${i % 3}`, order: Math.floor(i / 3), query: `How do I tie knot ${i}?`, responses: ['Cross the ends and pull.', 'There are several sides to this. First, take the rope. Second, cross the ends. Third, pull until it holds.'], prefs: [[0, 1]] })));
  lines('picks.jsonl', prompts.map(({ id }, i) => ({ user_id: 'played', prompt_id: id, candidates: LLMS, first: LLMS[0], second: i === 0 ? LLMS[1] : LLMS[0], chosen: i === 0 ? null : LLMS[0], consistent: i !== 0, model: 'j', seed: 0 })));
  return folder;
}

describe('protocols on a folder that nothing was trained on', { timeout: 240_000 }, () => {
  let folder: string;
  let input: ProtocolInput;
  beforeAll(async () => {
    folder = writeFolder();
    const bench = await openWorkbench(folder, join(import.meta.dirname, '../..'));
    input = { crew: soloCrew(bench), bench, report: () => () => undefined, users: 4, prompts: 12, seed: 1, seeds: 1, split: 'test', picks: 'train', pools: ['seen', 'unseen'], duels: ['active'], ablations: ['no-drift'], fast: true, picksFile: join(folder, 'picks.jsonl') };
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  it('new-user: everything is test, no LLM counts as seen, and a clear taste for length is learned', async () => {
    const { sections, skipped } = await PROTOCOLS['new-user']!(input);
    expect(skipped).toEqual([expect.stringContaining('seen LLMs')]);
    const [section] = sections;
    expect(section?.setting).toMatchObject({ people: 4, prompts: PROMPTS, LLMs: 4 });
    const row = (name: string, picks: number | null) => section!.methods.find((one) => one.name === name && one.picks === picks)!;
    expect(row('random', null).captured.mean).toBeCloseTo(0, 9);
    expect(row('oracle', null).captured.mean).toBeCloseTo(1, 9);
    expect(row('Tacit', 20).utility).toBeGreaterThan(row('Tacit', 0).utility);
    expect(row('Tacit', 20).captured.mean).toBeGreaterThan(0.6);
    expect(row('Tacit, no-drift', 0).utility).toBeCloseTo(row('Tacit', 0).utility, 9);
    for (const name of ['cheapest', 'best judged LLM', 'global best', 'best per task', 'k-means', 'kNN', 'ridge', 'own best single (hindsight)', 'known-user ceiling, LLMs by card', 'known-user ceiling']) expect([name, Boolean(row(name, null))]).toEqual([name, true]);
    expect(sectionText(section!)).toContain('user-blind');
  });

  it('everyday: asks about some prompts only, reads every answer, and learns as well', async () => {
    const { sections } = await PROTOCOLS.everyday!({ ...input, users: 2 });
    const [section] = sections;
    const at = (picks: number) => section!.methods.find((row) => row.name === 'Tacit in everyday use' && row.picks === picks)!;
    expect(at(20).captured.mean).toBeGreaterThan(0.6);
    const sent = (picks: number) => section!.figures[`Tacit in everyday use: prompts sent until ${picks} picks`] as number;
    expect(sent(10)).toBeGreaterThan(20);
    // Six a day at most, of 24.
    expect(sent(50)).toBeGreaterThan(8 * 24);
  });

  it('drift: shows what a router reaches that is told of the flip', async () => {
    const { sections } = await PROTOCOLS.drift!({ ...input, users: 2 });
    const at = (name: string, picks: number) => sections[0]!.methods.find((row) => row.name === name && row.picks === picks)!.utility;
    expect(at('Tacit told of the flip', 30)).toBeCloseTo(at('Tacit', 30), 9);
    expect(at('Tacit told of the flip', 60)).toBeGreaterThan(at('Tacit without drift tracking', 60));
  });

  it('new-llm says why it cannot run here', async () => {
    expect(await PROTOCOLS['new-llm']!(input)).toEqual({ sections: [], skipped: [expect.stringContaining('seen and of unseen')] });
  });

  it('cost: runs on the set that is there and names those that are not', async () => {
    const { sections, skipped } = await PROTOCOLS.cost!(input);
    expect(skipped.map((reason) => reason.split(':')[0])).toEqual(['mmlu_pro', 'dcrouter']);
    const rows = sections[0]!.table!.rows;
    const reward = (name: string) => rows.find(([label]) => label === name)![2] as number;
    expect(reward('oracle')).toBeGreaterThanOrEqual(reward('global best'));
    expect(reward('global best')).toBeGreaterThan(reward('random'));
    expect(rows.filter(([label]) => label === 'Tacit').map(([, picks]) => picks)).toEqual([0, 5, 10, 20, 50]);
  });

  it('people: forecasts of unseen choices grow better with known ones where a taste is plain, and a missing source is named', async () => {
    const { sections, skipped } = await PROTOCOLS.people!(input);
    expect(skipped).toEqual([expect.stringContaining('mtbench')]);
    const loss = (known: number) => sections[0]!.table!.rows.find(([name, count]) => name === 'Tacit' && count === known)![2] as number;
    expect(loss(1)).toBeLessThan(loss(0));
  });

  it('judged: learns what the played person always chooses, and leaves contradictions out', async () => {
    const { sections } = await PROTOCOLS.judged!(input);
    const accuracy = (picks: number) => (sections[0]!.table!.rows.find(([name, count]) => name === 'Tacit' && count === picks)![2] as { mean: number }).mean;
    expect(accuracy(20)).toBeGreaterThanOrEqual(accuracy(0));
    expect(accuracy(20)).toBe(1);
    expect((await PROTOCOLS.judged!({ ...input, picksFile: null })).skipped).toHaveLength(1);
  });

  it('says which file is missing', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'empty-'));
    const bench = await openWorkbench(empty, join(import.meta.dirname, '../..'));
    await expect(PROTOCOLS['new-user']!({ ...input, bench, crew: soloCrew(bench) })).rejects.toThrow(MissingFile);
    rmSync(empty, { recursive: true });
  });
});
