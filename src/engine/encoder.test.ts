import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import type { ArtifactManifest } from '../core/manifest';
import { SentenceEncoder } from './encoder';
import { encoderPaths } from './encoder-files';
import type { Feeds, GraphSession } from './runtime';

const folder = new URL('../../models/encoder/all-MiniLM-L6-v2/', import.meta.url);
const readObject = (file: string): object => {
  const json: unknown = JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
  if (typeof json !== 'object' || json === null) throw new Error(`${file} is not an object`);
  return json;
};
const files = { tokenizer: readObject('tokenizer.json'), tokenizerConfig: readObject('tokenizer_config.json') };

/** Gives the number of tokens it was fed as the first entry. */
function countingSession() {
  const run = vi.fn<GraphSession['run']>((feeds: Feeds) => {
    const embedding = new Float32Array(384);
    embedding[0] = feeds['input_ids']?.data.length ?? 0;
    return Promise.resolve(new Map([['sentence_embedding', embedding]]));
  });
  return { run, session: { provider: 'wasm', run } satisfies GraphSession };
}

describe('SentenceEncoder', () => {
  it('makes the token ids of BERT uncased', () => {
    const encoder = new SentenceEncoder(countingSession().session, files, 256);
    expect(encoder.tokenIds('Hello, World!')).toEqual([101, 7592, 1010, 2088, 999, 102]);
    expect(encoder.tokenIds('')).toEqual([101, 102]);
    expect(encoder.tokenIds('naïve café 東京')).toEqual(encoder.tokenIds('naive cafe 東京'));
    expect(encoder.tokenIds('ΟΔΟΣ')).toEqual(encoder.tokenIds('οδοσ'));
  });

  it('cuts a long text at 256 tokens and keeps the last [SEP]', () => {
    const encoder = new SentenceEncoder(countingSession().session, files, 256);
    const ids = encoder.tokenIds('hello '.repeat(5_000));
    expect(ids).toHaveLength(256);
    expect([ids[0], ids[254], ids[255]]).toEqual([101, 7592, 102]);
  });

  it('runs a text once and remembers it', async () => {
    const { session, run } = countingSession();
    const encoder = new SentenceEncoder(session, files, 256);
    expect((await encoder.encode('Hello, World!'))[0]).toBe(6);
    await encoder.encode('Hello, World!');
    expect(run).toHaveBeenCalledTimes(1);
    expect(encoder.recall('Hello, World!')?.[0]).toBe(6);
    expect(encoder.recall('never seen')).toBeNull();
  });

  it('remembers no failure', async () => {
    const { session, run } = countingSession();
    const encoder = new SentenceEncoder(session, files, 256);
    run.mockRejectedValueOnce(new Error('device lost'));
    await expect(encoder.encode('a')).rejects.toThrow('device lost');
    expect(await encoder.encode('a')).toHaveLength(384);
  });

  it('refuses a model that gives another size', async () => {
    const { session, run } = countingSession();
    run.mockResolvedValue(new Map([['sentence_embedding', new Float32Array(3)]]));
    const encoder = new SentenceEncoder(session, files, 256);
    await expect(encoder.encode('a')).rejects.toMatchObject({ error: { kind: 'manifest_invalid' } });
  });
});

const manifestWith = (dtypes: Readonly<Record<string, string>>) => ({ encoder: { files: dtypes } }) as unknown as ArtifactManifest;

describe('encoderPaths', () => {
  const both = manifestWith({ q8: 'encoder/mini/onnx/model_quantized.onnx', q4: 'encoder/mini/onnx/model_q4.onnx' });

  it('takes 8 bits on WASM and weight-only formats on the GPU, with the tokenizer beside them', () => {
    expect(encoderPaths(both, 'wasm')).toEqual({
      model: 'encoder/mini/onnx/model_quantized.onnx',
      tokenizer: 'encoder/mini/tokenizer.json',
      tokenizerConfig: 'encoder/mini/tokenizer_config.json',
    });
    expect(encoderPaths(both, 'webgpu').model).toBe('encoder/mini/onnx/model_q4.onnx');
    expect(encoderPaths(manifestWith({ q8: 'encoder/mini/onnx/model_quantized.onnx', fp16w: 'encoder/mini/onnx/model_fp16w.onnx' }), 'webgpu').model).toContain('fp16w');
  });

  it('says what is missing', () => {
    expect(() => encoderPaths(manifestWith({}), 'wasm')).toThrow('No encoder for wasm');
  });
});
