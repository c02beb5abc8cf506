import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { inEnglish } from '../core/__fixtures__/in-english';
import { localName, LlmFailure, totalBytes, type ModelFile, type ModelPlan } from '../protocol/local-llm';
import { downloadModel } from './download';
import { ModelFolder } from './model-folder';
import { MemoryFolder } from './testing';

const CONTENT: Readonly<Record<string, string>> = { 'config.json': '{"model_type":"llama"}', 'onnx/model_q4.onnx': 'weights '.repeat(200_000) };

function fileOf(path: string): ModelFile {
  const content = CONTENT[path] ?? '';
  const isSmall = path.endsWith('.json');
  const hex = isSmall ? createHash('sha1').update(`blob ${content.length}\0${content}`).digest('hex') : createHash('sha256').update(content).digest('hex');
  return { path, bytes: content.length, digest: { algorithm: isSmall ? 'git-sha1' : 'sha256', hex } };
}

const PLAN: ModelPlan = { modelId: 'tiny', repository: 'org/tiny', revision: 'abc', device: 'wasm', dtype: 'q4', externalDataFiles: 0, files: ['config.json', 'onnx/model_q4.onnx'].map(fileOf) };

interface Asked {
  readonly path: string;
  readonly range: string | null;
}

/** A hub with ranges; `pieces` cuts the body, so that something arrives before the rest. */
function hub({ ranges = true, spoil = 0, stopAfter = Infinity }: { readonly ranges?: boolean; readonly spoil?: number; readonly stopAfter?: number } = {}) {
  const asked: Asked[] = [];
  let spoils = spoil;
  const fetch = async (url: string, init: RequestInit): Promise<Response> => {
    const path = url.replace('https://hub.example/org/tiny/resolve/abc/', '');
    const range = new Headers(init.headers).get('range');
    asked.push({ path, range });
    const start = ranges && range !== null ? Number(/\d+/.exec(range)?.[0]) : 0;
    const whole = new TextEncoder().encode(CONTENT[path] ?? '').slice(start);
    if (path.endsWith('.onnx') && spoils-- > 0) whole[0] = 0;
    let at = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (at >= stopAfter) return controller.error(new TypeError('network error'));
        if (at >= whole.length) return controller.close();
        controller.enqueue(whole.slice(at, at + 300_000));
        at += 300_000;
      },
    });
    return new Response(body, { status: start > 0 ? 206 : 200, headers: start > 0 ? { 'content-range': `bytes ${start}-${start + whole.length - 1}/${start + whole.length}` } : {} });
  };
  return { asked, fetch };
}

async function run(folder: MemoryFolder, server: ReturnType<typeof hub>, { plan = PLAN, signal = new AbortController().signal, onProgress = (_bytes: number) => undefined as void } = {}) {
  return downloadModel(plan, { hub: 'https://hub.example', folder: new ModelFolder(folder), fetch: server.fetch, signal, onProgress }).then(
    () => null,
    (thrown: unknown) => (thrown instanceof LlmFailure ? thrown.error : thrown),
  );
}

const textOf = (folder: MemoryFolder, path: string) => new TextDecoder().decode(folder.bytes(localName(path)));

describe('downloading a model', () => {
  it('brings every file, checked, and tells how far it is', async () => {
    const folder = new MemoryFolder();
    const progress: number[] = [];
    expect(await run(folder, hub(), { onProgress: (bytes) => void progress.push(bytes) })).toBeNull();
    for (const path of Object.keys(CONTENT)) expect(textOf(folder, path)).toBe(CONTENT[path]);
    expect(progress.length).toBeGreaterThan(3);
    expect(progress).toEqual([...progress].toSorted((left, right) => left - right));
    expect(progress.at(-1)).toBe(totalBytes(PLAN));
  });

  it('goes on behind the last byte after it was broken off, and fetches nothing twice', async () => {
    const folder = new MemoryFolder();
    expect(await run(folder, hub({ stopAfter: 600_000 }))).toMatchObject({ kind: 'network' });
    const again = hub();
    expect(await run(folder, again)).toBeNull();
    expect(again.asked).toEqual([{ path: 'onnx/model_q4.onnx', range: expect.stringMatching(/^bytes=[36]00000-$/) }]);
    expect(textOf(folder, 'onnx/model_q4.onnx')).toBe(CONTENT['onnx/model_q4.onnx']);
    const complete = hub();
    expect(await run(folder, complete)).toBeNull();
    expect(complete.asked).toEqual([]);
  });

  it('starts a file anew at a server without ranges', async () => {
    const folder = new MemoryFolder();
    await run(folder, hub({ stopAfter: 600_000 }));
    expect(await run(folder, hub({ ranges: false }))).toBeNull();
    expect(textOf(folder, 'onnx/model_q4.onnx')).toBe(CONTENT['onnx/model_q4.onnx']);
  });

  it('fetches a damaged file again, and gives up on the second', async () => {
    const once = new MemoryFolder();
    expect(await run(once, hub({ spoil: 1 }))).toBeNull();
    expect(textOf(once, 'onnx/model_q4.onnx')).toBe(CONTENT['onnx/model_q4.onnx']);
    const twice = new MemoryFolder();
    expect(await run(twice, hub({ spoil: 2 }))).toEqual({ kind: 'corrupt', path: 'onnx/model_q4.onnx' });
    expect(twice.files.has(localName('onnx/model_q4.onnx'))).toBe(false);
  });

  it('keeps what has arrived when it is cancelled', async () => {
    const folder = new MemoryFolder();
    const controller = new AbortController();
    expect(await run(folder, hub(), { signal: controller.signal, onProgress: (bytes) => void (bytes > 500_000 && controller.abort()) })).toEqual({ kind: 'cancelled' });
    expect(folder.bytes(localName('onnx/model_q4.onnx')).length).toBeGreaterThan(500_000);
  });

  it('throws away another revision', async () => {
    const folder = new MemoryFolder();
    await run(folder, hub());
    const server = hub();
    await run(folder, server, { plan: { ...PLAN, dtype: 'q8' } });
    expect(server.asked.map(({ range }) => range)).toEqual([null, null]);
  });

  it('says when the disk is full, another tab writes, or the server refuses', async () => {
    const full = new MemoryFolder();
    full.quota = 400_000;
    expect(await run(full, hub())).toEqual({ kind: 'no_room' });
    const shared = new MemoryFolder();
    await (await shared.getFileHandle(localName('config.json'), { create: true })).createSyncAccessHandle();
    expect(await run(shared, hub())).toEqual({ kind: 'busy' });
    const gone = { asked: [], fetch: () => Promise.resolve(new Response(null, { status: 404 })) };
    expect(inEnglish(await run(new MemoryFolder(), gone))).toEqual({ kind: 'network', detail: 'The server answered 404.' });
  });
});
