import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { parseManifest } from '../core/manifest';
import { queryFeatures } from '../core/query-features';
import { SentenceEncoder } from './encoder';
import { encoderPaths } from './encoder-files';
import { Runtime } from './runtime';
import type { GraphSession } from './runtime';
import { checkDevice, cosine, parseEncoderParity, parseRouterParity, routerError } from './self-check';

const TOLERANCE = 1e-4;
const LEAST_COSINE = { q8: 0.99, q4: 0.985, fp16w: 0.999 } as const;

const models = new URL('../../models/', import.meta.url);
const read = (path: string): Uint8Array => readFileSync(new URL(path, models));
const readJson = (path: string): unknown => JSON.parse(new TextDecoder().decode(read(path)));
const readObject = (path: string): object => v.parse(v.looseObject({}), readJson(path));

/** ONNX Runtime Web itself, in Node: the same WebAssembly as in the browser. */
function nodeRuntime(): Runtime {
  const resolve = createRequire(import.meta.url).resolve;
  const url = (file: string): string => pathToFileURL(resolve(`onnxruntime-web/${file}`)).href;
  return new Runtime('wasm', { mjs: url('ort-wasm-simd-threaded.mjs'), wasm: url('ort-wasm-simd-threaded.wasm') }, 1);
}

const manifest = parseManifest(readJson('manifest.json'));
if (!manifest.ok) throw new Error(manifest.error.detail);

const runtime = nodeRuntime();
let router: GraphSession;

beforeAll(async () => {
  router = await runtime.load(read('router.onnx'));
});

describe('models/parity.json, replayed in ONNX Runtime Web', () => {
  const cases = parseRouterParity(readJson('parity.json'));

  it.each(cases)('$name gives what PyTorch gave', async (routerCase) => {
    expect(Object.keys(routerCase.outputs).toSorted()).toEqual(
      ['axes', 'evidence_relevance', 'prior_log_variance', 'prior_mean', 'prompt_effect', 'residual', 'task_membership', 'utility'],
    );
    expect(await routerError(router, routerCase)).toBeLessThanOrEqual(TOLERANCE);
  });

  const texts = v.parse(v.object({ queryFeatures: v.array(v.object({ text: v.string(), features: v.array(v.number()), words: v.array(v.string()) })) }), readJson('parity.json'));

  it.each(texts.queryFeatures)('query features of $text', ({ text, features, words }) => {
    const { queryWords } = manifest.value.router;
    const actual = queryFeatures(text, queryWords);
    features.forEach((expected, at) => expect(actual[at]).toBeCloseTo(expected, 5));
    expect([...queryWords].flatMap(([word, place]) => (actual[features.length + place] === 1 ? [word] : []))).toEqual(words);
  });
});

describe('models/encoder/parity.json, replayed in ONNX Runtime Web', () => {
  const { maxTokens } = manifest.value.encoder;
  const tokenIds = v.parse(v.object({ cases: v.array(v.object({ text: v.string(), tokenIds: v.array(v.number()) })) }), readJson('encoder/parity.json'));
  const cases = parseEncoderParity(readJson('encoder/parity.json'));

  describe.each(['wasm', 'webgpu'] as const)('the file for %s', (provider) => {
    const paths = encoderPaths(manifest.value, provider);
    const dtype = v.parse(v.picklist(['q8', 'q4', 'fp16w']), Object.entries(manifest.value.encoder.files).find(([, path]) => path === paths.model)?.[0]);
    let encoder: SentenceEncoder;

    beforeAll(async () => {
      const files = { tokenizer: readObject(paths.tokenizer), tokenizerConfig: readObject(paths.tokenizerConfig) };
      encoder = new SentenceEncoder(await runtime.load(read(paths.model)), files, maxTokens);
    }, 60_000);

    it('makes the reference token ids', () => {
      expect(tokenIds.cases.map(({ text }) => encoder.tokenIds(text))).toEqual(tokenIds.cases.map(({ tokenIds: expected }) => expected));
    });

    it.each(cases)('$name: a unit vector close to the full-precision one', async ({ text, embedding }) => {
      const actual = await encoder.encode(text);
      expect(Math.hypot(...actual)).toBeCloseTo(1, 4);
      expect(cosine(actual, embedding)).toBeGreaterThanOrEqual(LEAST_COSINE[dtype]);
    });

    it('passes the check that a GPU has to pass, and a wrong device does not', async () => {
      const routerCases = parseRouterParity(readJson('parity.json'));
      await expect(checkDevice(encoder, router, cases, routerCases)).resolves.toBeUndefined();
      const flipped = cases.map((one) => ({ ...one, embedding: one.embedding.toReversed() }));
      await expect(checkDevice(encoder, router, flipped, routerCases)).rejects.toMatchObject({ error: { kind: 'device_failed' } });
      const shifted = routerCases.map((one) => ({ ...one, inputs: { ...one.inputs, query_embedding: { ...one.inputs['query_embedding']!, data: one.inputs['query_embedding']!.data.toReversed() } } }));
      await expect(checkDevice(encoder, router, cases, shifted)).rejects.toMatchObject({ error: { kind: 'device_failed' } });
    });
  });
});
