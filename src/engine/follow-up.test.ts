import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import * as v from 'valibot';
import { beforeAll, describe, expect, it } from 'vitest';
import { nearestCluster } from '../core/llm-features';
import { parseFingerprints } from '../core/manifest';
import { queryFeatures } from '../core/query-features';
import { SentenceEncoder } from './encoder';
import { followUpFeatures, queryText } from './query-text';
import { Runtime } from './runtime';
import { cosine } from './self-check';

/** The shipped encoder and task clusters: what a follow-up in a conversation is routed as. */
const models = new URL('../../models/', import.meta.url);
const read = (path: string): Uint8Array => readFileSync(new URL(path, models));
const readObject = (path: string): object => v.parse(v.looseObject({}), JSON.parse(new TextDecoder().decode(read(path))));
const folder = 'encoder/all-MiniLM-L6-v2';

let encoder: SentenceEncoder;
let centroids: readonly (readonly number[])[];

beforeAll(async () => {
  const resolve = createRequire(import.meta.url).resolve;
  const url = (file: string): string => pathToFileURL(resolve(`onnxruntime-web/${file}`)).href;
  const runtime = new Runtime('wasm', { mjs: url('ort-wasm-simd-threaded.mjs'), wasm: url('ort-wasm-simd-threaded.wasm') }, 1);
  const session = await runtime.load(read(`${folder}/onnx/model_quantized.onnx`));
  encoder = new SentenceEncoder(session, { tokenizer: readObject(`${folder}/tokenizer.json`), tokenizerConfig: readObject(`${folder}/tokenizer_config.json`) }, 256);
  const table = parseFingerprints(readObject('fingerprints.json'));
  if (!table.ok) throw new Error('fingerprints.json cannot be read');
  centroids = table.value.clusterCentroids;
}, 120_000);

const cluster = async (text: string) => nearestCluster(await encoder.encode(text), centroids);

const WORDS = new Map([['please', 0], ['python', 1], ['types', 2]]);

const CONVERSATIONS = [
  { about: 'code', turn: 'Write a Python function that merges two sorted lists.\n```python\ndef merge(a, b):\n    return sorted(a + b)\n```' },
  { about: 'cooking', turn: 'Give me a recipe for a vegetarian lasagne.\nLayer pasta sheets with spinach, ricotta and tomato sauce.' },
  { about: 'travel', turn: 'Plan a weekend in Lisbon for two.\nDay one: Alfama and the castle. Day two: Belém.' },
];

describe('a follow-up', () => {
  it.each(CONVERSATIONS)('belongs to what the conversation is about: $about', async ({ turn }) => {
    const question = turn.split('\n', 1)[0] ?? '';
    const wanted = await encoder.encode(question);
    for (const followUp of ['shorter please', 'Can you make it simpler?', 'and now in German']) {
      const alone = cosine(await encoder.encode(followUp), wanted);
      const inContext = cosine(await encoder.encode(queryText(followUp, [turn])), wanted);
      expect(inContext).toBeGreaterThan(Math.max(0.5, alone + 0.3));
    }
  });

  it('stays with its subject through several short turns', async () => {
    const [code] = CONVERSATIONS;
    const turns = [code?.turn ?? '', 'shorter please\n```python\nmerge = lambda a, b: sorted(a + b)\n```'];
    expect(followUpFeatures('now with types', turns, WORDS)[3]).toBe(1);
    expect(await cluster(queryText('now with types', turns))).toBe(await cluster('Write a Python function that merges two sorted lists.'));
  });

  it('of its own accord about something else is routed as that', async () => {
    const [code] = CONVERSATIONS;
    const prompt = `Something else entirely: I am hosting eight friends on Saturday, two of them vegetarian and one who eats no gluten. Suggest a three-course dinner that I can cook on Friday evening, and tell me what to buy.`;
    expect(queryText(prompt, [code?.turn ?? ''])).toBe(prompt);
    expect(followUpFeatures(prompt, [code?.turn ?? ''], WORDS)).toEqual(queryFeatures(prompt, WORDS));
  });

  it('takes over that it is about code or a text, and nothing else', () => {
    const [code] = CONVERSATIONS;
    const features = followUpFeatures('shorter please', [code?.turn ?? ''], WORDS);
    const alone = queryFeatures('shorter please', WORDS);
    expect(features[3]).toBe(1);
    expect(alone[3]).toBe(0);
    expect([...features].filter((value, index) => value !== alone[index] && index !== 3 && index !== 7)).toEqual([]);
    expect(followUpFeatures('shorter please', [], WORDS)).toEqual(alone);
  });
});
