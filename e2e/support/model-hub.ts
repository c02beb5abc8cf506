import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';

/** Made by models/trainer/tiny_llm.py: it knows the short answers of the replay server by heart. */
const FOLDER = fileURLToPath(new URL('../fixtures/tiny-llm/', import.meta.url));
const SMALL = ['config.json', 'generation_config.json', 'tokenizer.json', 'tokenizer_config.json'];
const WEIGHTS = 'onnx/model_quantized.onnx';
const REVISION = '0123456789abcdef0123456789abcdef01234567';

export interface ModelHub {
  readonly url: string;
  /** Requests for files, with the range that was asked for: `tokenizer.json`, `onnx/model_quantized.onnx bytes=65536-`. */
  readonly fetched: readonly string[];
  /** The weights come slowly from now on, or at once. */
  setSlow(isSlow: boolean): void;
  close(): Promise<void>;
}

/**
 * The Hugging Face hub's layout with one tiny model behind every name: `/api/models/{repo}/revision/main`, `…/tree/{revision}`,
 * `/{repo}/resolve/{revision}/{file}` with ranges.
 */
export async function startModelHub(): Promise<ModelHub> {
  const files = new Map<string, Buffer>();
  for (const name of SMALL) files.set(name, await readFile(FOLDER + name));
  files.set(WEIGHTS, await readFile(`${FOLDER}onnx/model.onnx`));
  const state = { isSlow: false };
  const fetched: string[] = [];
  const server = createServer((request, response) => void answer(request, response, files, state, fetched));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The hub has no TCP port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    fetched,
    setSlow: (isSlow) => (state.isSlow = isSlow),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, files: ReadonlyMap<string, Buffer>, state: { isSlow: boolean }, fetched: string[]): Promise<void> {
  response.setHeader('access-control-allow-origin', '*');
  response.setHeader('access-control-expose-headers', 'content-range, content-length');
  const path = (request.url ?? '').split('?')[0] ?? '';
  if (path.endsWith('/revision/main')) return sendJson(response, { sha: REVISION });
  if (path.endsWith(`/tree/${REVISION}`)) return sendJson(response, [...files].map(([name, content]) => treeEntry(name, content)));
  const name = path.split(`/resolve/${REVISION}/`)[1];
  const content = name === undefined ? undefined : files.get(name);
  if (name === undefined || content === undefined) return void response.writeHead(404).end();
  const start = Number(/^bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
  fetched.push(request.headers.range === undefined ? name : `${name} ${request.headers.range}`);
  const body = content.subarray(start);
  response.writeHead(start > 0 ? 206 : 200, {
    'content-length': body.length,
    ...(start > 0 ? { 'content-range': `bytes ${start}-${content.length - 1}/${content.length}` } : {}),
  });
  await send(response, body, () => name === WEIGHTS && state.isSlow);
}

const CHUNK = 16 * 1024;

async function send(response: ServerResponse, body: Buffer, isSlow: () => boolean): Promise<void> {
  for (let at = 0; at < body.length && !response.destroyed; at += CHUNK) {
    response.write(body.subarray(at, at + CHUNK));
    if (isSlow()) await new Promise((resolve) => setTimeout(resolve, 400));
  }
  response.end();
}

/** As the hub lists them: large files by SHA-256 under `lfs`, small ones by Git's SHA-1. */
function treeEntry(path: string, content: Buffer) {
  const size = content.length;
  const oid = createHash('sha1').update(`blob ${size}\0`).update(content).digest('hex');
  return path.endsWith('.onnx') ? { type: 'file', path, size, oid, lfs: { oid: createHash('sha256').update(content).digest('hex'), size, pointerSize: 130 } } : { type: 'file', path, size, oid };
}

function sendJson(response: ServerResponse, value: unknown): void {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(value));
}
