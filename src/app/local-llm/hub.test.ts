import { describe, expect, it } from 'vitest';
import { hubFrom } from './browser-models';
import { lookUpModel, planFrom } from './hub';
import { MODEL_OFFERS, type ModelOffer } from './offers';

const [OFFER] = MODEL_OFFERS;
if (!OFFER) throw new Error('nothing is offered');
const offer: ModelOffer = OFFER;
const SHA = 'a'.repeat(40);

const lfs = (path: string, size: number) => ({ type: 'file', path, size: 134, oid: 'pointer', lfs: { oid: `sha-of-${path}`, size, pointerSize: 134 } });
const small = (path: string) => ({ type: 'file', path, size: 700, oid: `git-of-${path}` });
const TREE = [
  { type: 'directory', path: 'onnx', size: 0, oid: 'x' },
  ...['config.json', 'README.md', 'tokenizer.json', 'tokenizer_config.json'].map(small),
  ...['model', 'model_q4', 'model_q4f16', 'model_quantized'].map((name) => lfs(`onnx/${name}.onnx`, 1000)),
  lfs('onnx/model_q4f16.onnx_data', 5000),
  lfs('onnx/model_q4f16.onnx_data_1', 4000),
  'odd',
];

describe('what is downloaded of a repository', () => {
  it.each([
    [{ device: 'wasm', hasFloat16: false }, 'q8', ['onnx/model_quantized.onnx']],
    [{ device: 'webgpu', hasFloat16: true }, 'q4f16', ['onnx/model_q4f16.onnx', 'onnx/model_q4f16.onnx_data', 'onnx/model_q4f16.onnx_data_1']],
    [{ device: 'webgpu', hasFloat16: false }, 'q4', ['onnx/model_q4.onnx']],
  ] as const)('for %o is %s', (facts, dtype, weights) => {
    const plan = planFrom(offer, SHA, TREE, facts);
    expect(plan).toMatchObject({ dtype, device: facts.device, revision: SHA, repository: offer.repository, externalDataFiles: weights.length - 1 });
    expect(plan.files.map(({ path }) => path)).toEqual(['config.json', 'tokenizer.json', 'tokenizer_config.json', ...weights]);
  });

  it('has the sizes and digests of the server', () => {
    const { files } = planFrom(offer, SHA, TREE, { device: 'wasm', hasFloat16: false });
    expect(files[0]).toEqual({ path: 'config.json', bytes: 700, digest: { algorithm: 'git-sha1', hex: 'git-of-config.json' } });
    expect(files.at(-1)).toEqual({ path: 'onnx/model_quantized.onnx', bytes: 1000, digest: { algorithm: 'sha256', hex: 'sha-of-onnx/model_quantized.onnx' } });
  });

  it('is nothing when no format fits', () => {
    expect(() => planFrom(offer, SHA, TREE.slice(0, 5), { device: 'wasm', hasFloat16: false })).toThrow(/no weights/);
  });
});

describe('asking the hub', () => {
  const answers = (map: Readonly<Record<string, unknown>>): typeof globalThis.fetch => (input) => {
    const url = String(input);
    return Promise.resolve(url in map ? new Response(JSON.stringify(map[url])) : new Response('', { status: 404 }));
  };
  const base = `https://hub.example/api/models/${offer.repository}`;

  it('pins the files to the commit of the moment', async () => {
    const fetch = answers({ [`${base}/revision/main`]: { sha: SHA }, [`${base}/tree/${SHA}?recursive=true`]: TREE });
    expect(await lookUpModel('https://hub.example', offer, { device: 'wasm', hasFloat16: false }, new AbortController().signal, fetch)).toMatchObject({ revision: SHA });
  });

  it.each([
    ['a model that is gone', {}, 'The server answered 404.'],
    ['another kind of answer', { [`${base}/revision/main`]: { id: 1 } }, 'The server answered, but not with a list of files.'],
  ])('%s is said', async (_name, map, detail) => {
    const looking = lookUpModel('https://hub.example', offer, { device: 'wasm', hasFloat16: false }, new AbortController().signal, answers(map));
    await expect(looking).rejects.toThrow(`network: ${detail}`);
  });
});

describe('another hub', () => {
  it.each([
    ['', 'https://huggingface.co'],
    ['?hub=http%3A%2F%2F127.0.0.1%3A8123', 'http://127.0.0.1:8123'],
    ['?hub=http://localhost:9/x', 'http://localhost:9'],
    ['?hub=https://evil.example', 'https://huggingface.co'],
    ['?hub=nonsense', 'https://huggingface.co'],
  ])('%s: %s', (search, expected) => {
    expect(hubFrom(search)).toBe(expected);
  });
});

describe('the offers', () => {
  it('have names of their own, a licence to read and a free, local card', () => {
    expect(new Set(MODEL_OFFERS.map(({ id }) => id)).size).toBe(MODEL_OFFERS.length);
    for (const { licence, card } of MODEL_OFFERS) {
      expect(licence.url).toMatch(/^https:/);
      expect(card).toMatchObject({ priceInUsdPerMTok: 0, priceOutUsdPerMTok: 0, openWeights: true });
    }
  });
});
