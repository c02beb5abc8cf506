import { describe, expect, it } from 'vitest';
import { CATALOGUE, matchModel, PRICE_LIST, toModelCard } from './catalogue';
import type { CatalogueEntry } from './catalogue';
import priceSources from './price-sources.json';
import generated from './prices.generated.json';

const REPLAYED = [
  'gpt-4o-2024-05-13',
  'gpt-4o-mini-2024-07-18',
  'gpt-4-1106-preview',
  'gpt-3.5-turbo-1106',
  'gpt-3.5-turbo-1106-concise',
  'claude-3-5-sonnet-20240620',
  'claude-2',
  'claude-instant-1.2',
  'llama-3-70b-instruct',
  'llama-3-8b-instruct',
  'llama-2-7b-chat',
  'mixtral-8x7b-instruct-v0.1',
  'mistral-7b-instruct-v0.2',
  'qwen1.5-7b-chat',
  'gemma-7b-it',
  'phi-2-sft',
];

/** Open models that no host in the price library lists. */
const UNPRICED = ['gemma-4-e4b', 'gemma-4-e2b', 'gemma-3-1b', 'qwen3.5-4b', 'qwen3-4b', 'deepseek-r1-8b'];

function entry(id: string): CatalogueEntry {
  const found = CATALOGUE.find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error(`no catalogue entry ${id}`);
  return found;
}

function priced(model: CatalogueEntry): boolean {
  return model.priceSource.kind !== 'none';
}

/** Ids of the entries that break a rule, so that a failing test names them. */
function offenders(breaks: (model: CatalogueEntry) => boolean): string[] {
  return CATALOGUE.filter(breaks).map((model) => model.id);
}

describe('catalogue', () => {
  it('has at least 48 current models, cloud and local, and the 16 replayed ones', () => {
    const current = CATALOGUE.filter((model) => !model.legacy);
    expect(current.length).toBeGreaterThanOrEqual(48);
    expect(current.filter((model) => model.modelIds.ollama !== undefined).length).toBeGreaterThanOrEqual(20);
    expect(current.filter((model) => !model.openWeights).length).toBeGreaterThanOrEqual(30);
    expect(offenders((model) => model.legacy)).toEqual(REPLAYED);
  });

  it('has unique ids and descriptions of one sentence', () => {
    expect(new Set(CATALOGUE.map((model) => model.id)).size).toBe(CATALOGUE.length);
    expect(new Set(CATALOGUE.map((model) => model.description)).size).toBe(CATALOGUE.length);
    expect(offenders((model) => !/^[^!?]{40,130}\.$/.test(model.description))).toEqual([]);
    expect(offenders((model) => /\.\s/.test(model.description))).toEqual([]);
  });

  it('has plausible facts', () => {
    expect(offenders((model) => (model.contextTokens ?? 0) < 2_048 || (model.contextTokens ?? 0) > 2_000_000)).toEqual([]);
    expect(offenders((model) => !/^202[2-6]-(0[1-9]|1[0-2])$/.test(model.released ?? '2026-01'))).toEqual([]);
    expect(offenders((model) => model.paramsB !== null && !model.openWeights)).toEqual([]);
    expect(offenders((model) => model.modalities[0] !== 'text')).toEqual([]);
  });

  it('takes prices from the library where it has them, and names the page otherwise', () => {
    expect(offenders((model) => !priced(model))).toEqual(UNPRICED);
    expect(offenders((model) => priced(model) !== (model.priceInUsdPerMTok !== null))).toEqual([]);
    expect(offenders((model) => priced(model) !== (model.priceOutUsdPerMTok !== null))).toEqual([]);
    expect(offenders((model) => !priced(model) && !model.openWeights)).toEqual([]);
    expect(
      offenders(({ priceSource }) => priceSource.kind === 'documentation' && !priceSource.reference?.startsWith('https://')),
    ).toEqual([]);
    expect(entry('gpt-5-mini')).toMatchObject({ priceInUsdPerMTok: 0.25, priceOutUsdPerMTok: 2 });
    expect(entry('gemini-3.8-flash')).toMatchObject({ priceInUsdPerMTok: 0.75, priceChangesOn: '2027-01-01' });
  });

  it('has generated prices that belong to its sources and entries', () => {
    const ids = new Set(CATALOGUE.map((model) => model.id));
    expect(Object.keys(generated.prices)).toEqual(Object.keys(priceSources));
    expect(Object.keys(priceSources).filter((id) => !ids.has(id))).toEqual([]);
    expect(PRICE_LIST.library).toBe('@pydantic/genai-prices');
    expect(PRICE_LIST.date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  });
});

describe('toModelCard', () => {
  it('keeps the hosted price in the cloud', () => {
    const card = toModelCard(entry('llama-3.2-3b'), { id: 'or/meta-llama/llama-3.2-3b-instruct', local: false });
    expect(card).toMatchObject({ id: 'or/meta-llama/llama-3.2-3b-instruct', local: false, priceInUsdPerMTok: 0.01 });
    expect(card).not.toHaveProperty('modelIds');
  });

  it('has no price and no speed on the own machine', () => {
    const card = toModelCard(entry('llama-3.2-3b'), { id: 'ollama/llama3.2', local: true });
    expect(card).toMatchObject({ local: true, priceInUsdPerMTok: null, priceOutUsdPerMTok: null, speed: null, paramsB: 3.2 });
  });
});

describe('matchModel', () => {
  it.each([
    ['gpt-5-mini-2025-08-07', 'gpt-5-mini'],
    ['anthropic/claude-sonnet-4.5', 'claude-sonnet-4.5'],
    ['claude-sonnet-4-5-20250929', 'claude-sonnet-4.5'],
    ['claude-sonnet-4-5@20250929', 'claude-sonnet-4.5'],
    ['anthropic/claude-4.5-haiku-20251001:beta', 'claude-haiku-4.5'],
    ['models/gemini-2.5-flash', 'gemini-2.5-flash'],
    ['gemini-2.5-flash-preview-09-2025', 'gemini-2.5-flash'],
    ['google/gemini-3.1-pro-preview', 'gemini-3.1-pro'],
    ['llama3.2:3b-instruct-q4_K_M', 'llama-3.2-3b'],
    ['llama3.2:latest', 'llama-3.2-3b'],
    ['llama3.2', 'llama-3.2-3b'],
    ['llama3.2:1b', 'llama-3.2-1b'],
    ['hf.co/bartowski/Llama-3.2-3B-Instruct-GGUF:Q4_K_M', 'llama-3.2-3b'],
    ['Meta-Llama-3.1-8B-Instruct-Q4_K_M.gguf', 'llama-3.1-8b'],
    ['/models/Qwen3-8B-Q8_0.gguf', 'qwen3-8b'],
    ['qwen/qwen3-8b', 'qwen3-8b'],
    ['mlx-community/Qwen3-8B-4bit', 'qwen3-8b'],
    ['Qwen/Qwen3-32B-FP8', 'qwen3-32b'],
    ['gemma3:4b-it-qat', 'gemma-3-4b'],
    ['gemma4:26b-a4b-it-q8_0', 'gemma-4-26b-a4b'],
    ['openai/gpt-oss-120b:free', 'gpt-oss-120b'],
    ['gpt-oss:120b-cloud', 'gpt-oss-120b'],
    ['gpt-oss', 'gpt-oss-20b'],
    ['deepseek-r1:8b', 'deepseek-r1-8b'],
    ['deepseek-r1:latest', 'deepseek-r1-8b'],
    ['deepseek/deepseek-r1', 'deepseek-r1'],
    ['mistral-large-latest', 'mistral-large-3'],
    ['accounts/fireworks/models/kimi-k3', 'kimi-k3'],
    ['x-ai/grok-4.1-fast', 'grok-4.1-fast'],
    ['GLM-5.3', 'glm-5.3'],
    ['gpt-4o', 'gpt-4o'],
    ['gpt-4o-2024-11-20', 'gpt-4o'],
    ['gpt-4o-2024-05-13', 'gpt-4o-2024-05-13'],
    ['gpt-4o-mini', 'gpt-4o-mini-2024-07-18'],
    ['gpt-3.5-turbo-1106-concise', 'gpt-3.5-turbo-1106-concise'],
    ['mistral:7b-instruct-v0.2-q4_0', 'mistral-7b-instruct-v0.2'],
  ])('%s is %s', (modelId, expected) => {
    expect(matchModel(modelId)?.id).toBe(expected);
  });

  it.each([
    '',
    'gpt-5-mini-search',
    'gpt-5-chat-latest',
    'gpt-4o-audio-preview',
    'gpt-4o-mini-search-preview',
    'gpt-4',
    'claude-2.1',
    'claude-opus-latest',
    'gemini-2.5-flash-preview-tts',
    'gemini-2.5-flash-image',
    'llama3.2-vision',
    'llama3.2:90b',
    'someone/llama3.2-uncensored:3b',
    'qwen3:0.6b',
    'meta-llama/Llama-3.2-3B',
    'qwen3-vl:8b',
    'mistral',
    'text-embedding-3-small',
    'whisper-large-v3',
    'ft:gpt-4o-mini-2024-07-18:acme::9abc',
    'nomic-embed-text:latest',
    'my-own-model',
  ])('"%s" is not in the catalogue', (modelId) => {
    expect(matchModel(modelId)).toBeUndefined();
  });

  it('finds every id that the catalogue lists', () => {
    const listed = CATALOGUE.flatMap((model) => Object.values(model.modelIds).flat().map((id) => ({ id, owner: model.id })));
    expect(listed.filter(({ id, owner }) => matchModel(id)?.id !== owner)).toEqual([]);
  });
});
