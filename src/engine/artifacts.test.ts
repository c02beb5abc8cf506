import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { inEnglish } from '../core/__fixtures__/in-english';
import type { ArtifactManifest } from '../core/manifest';
import { EngineFailure } from '../protocol/failure';
import { readArtifact, readManifest } from './artifacts';
import type { ArtifactReader, FetchFile } from './artifacts';

const GOOD = new TextEncoder().encode('the weights');
const BAD = new TextEncoder().encode('the wei?hts');
const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

type Answer = (cache: RequestCache) => Response | Promise<Response>;

function readerOf(answers: Readonly<Record<string, Answer>>, signal: AbortSignal = new AbortController().signal) {
  const asked: string[] = [];
  const fetchFile: FetchFile = (url, { cache }) => {
    asked.push(`${new URL(url).pathname} ${cache}`);
    const answer = answers[new URL(url).pathname];
    return Promise.resolve(answer === undefined ? new Response('', { status: 404 }) : answer(cache));
  };
  const reader: ArtifactReader = { modelsUrl: 'https://example.test/app/models/', fetchFile, signal };
  return { reader, asked };
}

function manifestOf(path: string, bytes: Uint8Array): ArtifactManifest {
  const files = { [path]: { sha256: hash(bytes), bytes: bytes.length } };
  return { files } as unknown as ArtifactManifest;
}

async function errorOf(call: Promise<unknown>) {
  const thrown: unknown = await call.then(() => null, (reason: unknown) => reason);
  if (!(thrown instanceof EngineFailure)) throw new Error(`Expected an EngineFailure, got ${String(thrown)}`);
  return thrown.error;
}

describe('readArtifact', () => {
  const manifest = manifestOf('encoder/model.onnx', GOOD);
  const path = '/app/models/encoder/model.onnx';

  it('gives the bytes whose hash the manifest names, and counts them', async () => {
    const { reader, asked } = readerOf({ [path]: () => new Response(GOOD) });
    const loaded: number[] = [];
    expect(await readArtifact(reader, manifest, 'encoder/model.onnx', (bytes) => loaded.push(bytes))).toEqual(GOOD);
    expect(loaded.at(-1)).toBe(GOOD.length);
    expect(asked).toEqual([`${path} default`]);
  });

  it('fetches a damaged file once more, past the caches', async () => {
    const { reader, asked } = readerOf({ [path]: (cache) => new Response(cache === 'reload' ? GOOD : BAD) });
    expect(await readArtifact(reader, manifest, 'encoder/model.onnx')).toEqual(GOOD);
    expect(asked).toEqual([`${path} default`, `${path} reload`]);
  });

  it('reports a file that stays damaged, with both hashes', async () => {
    const { reader, asked } = readerOf({ [path]: () => new Response(BAD) });
    expect(await errorOf(readArtifact(reader, manifest, 'encoder/model.onnx'))).toEqual({
      kind: 'artifact_corrupt',
      path: 'encoder/model.onnx',
      expectedSha256: hash(GOOD),
      actualSha256: hash(BAD),
    });
    expect(asked).toHaveLength(2);
  });

  it('reports the damage, not the lost network, when the second attempt finds no server', async () => {
    const { reader } = readerOf({ [path]: (cache) => (cache === 'reload' ? Promise.reject(new TypeError('Failed to fetch')) : new Response(BAD)) });
    expect((await errorOf(readArtifact(reader, manifest, 'encoder/model.onnx'))).kind).toBe('artifact_corrupt');
  });

  it('tells a missing file from a missing server', async () => {
    const { reader } = readerOf({ '/app/models/offline': () => Promise.reject(new TypeError('Failed to fetch')) });
    expect(await errorOf(readArtifact(reader, manifestOf('gone', GOOD), 'gone'))).toEqual({ kind: 'artifact_unreachable', path: 'gone', status: 404 });
    expect(await errorOf(readArtifact(reader, manifestOf('offline', GOOD), 'offline'))).toEqual({ kind: 'artifact_unreachable', path: 'offline', status: null });
  });

  it('reports a download that breaks off', async () => {
    const { reader } = readerOf({ [path]: () => new Response(new ReadableStream({ pull: (stream) => stream.error(new TypeError('network error')) })) });
    expect(await errorOf(readArtifact(reader, manifest, 'encoder/model.onnx'))).toMatchObject({ kind: 'artifact_unreachable', status: null });
  });

  it('tries a download that broke off once more', async () => {
    const broken = () => new Response(new ReadableStream({ pull: (stream) => stream.error(new TypeError('network error')) }));
    const { reader, asked } = readerOf({ [path]: (cache) => (cache === 'reload' ? new Response(GOOD) : broken()) });
    expect(await readArtifact(reader, manifest, 'encoder/model.onnx')).toEqual(GOOD);
    expect(asked).toEqual([`${path} default`, `${path} reload`]);
  });

  it('refuses a file that the manifest does not list', async () => {
    const { reader, asked } = readerOf({});
    expect((await errorOf(readArtifact(reader, manifest, 'constructor'))).kind).toBe('manifest_invalid');
    expect(asked).toEqual([]);
  });

  it('says cancelled when its caller gave up during the download', async () => {
    const controller = new AbortController();
    const { reader } = readerOf(
      { [path]: () => { controller.abort(); return Promise.reject(new DOMException('aborted', 'AbortError')); } },
      controller.signal,
    );
    expect(await errorOf(readArtifact(reader, manifest, 'encoder/model.onnx'))).toEqual({ kind: 'cancelled' });
  });
});

describe('readManifest', () => {
  it('revalidates, tries past the caches when it cannot be read, and then says why', async () => {
    const { reader, asked } = readerOf({ '/app/models/manifest.json': () => new Response('<!doctype html>') });
    expect(inEnglish(await errorOf(readManifest(reader)))).toEqual({ kind: 'manifest_invalid', detail: 'manifest.json is not JSON.' });
    expect(asked).toEqual(['/app/models/manifest.json no-cache', '/app/models/manifest.json reload']);
  });

  it('names the first entry that does not fit', async () => {
    const { reader } = readerOf({ '/app/models/manifest.json': () => new Response(JSON.stringify({ schemaVersion: 2 })) });
    const error = await errorOf(readManifest(reader));
    expect(error).toMatchObject({ kind: 'manifest_invalid' });
    expect(JSON.stringify(error)).toContain('schemaVersion');
  });
});
