import { phrase } from '../core/phrase';
import type { ArtifactFile, ArtifactManifest } from '../core/manifest';
import { parseManifest } from '../core/manifest';
import { EngineFailure } from '../protocol/failure';
import type { EngineError } from '../protocol/engine';

export type FetchFile = (url: string, init: { readonly cache: RequestCache; readonly signal: AbortSignal }) => Promise<Response>;

type Bytes = Uint8Array<ArrayBuffer>;

export interface ArtifactReader {
  /** Folder that holds `manifest.json`, as an absolute URL. */
  readonly modelsUrl: string;
  readonly fetchFile: FetchFile;
  readonly signal: AbortSignal;
}

const MANIFEST = 'manifest.json';

/**
 * The manifest names every other file and its sha256. It is revalidated with the server where there is one; a copy that cannot
 * be used is fetched once more past every cache.
 * @throws EngineFailure artifact_unreachable, manifest_invalid
 */
export async function readManifest(reader: ArtifactReader): Promise<ArtifactManifest> {
  return attemptTwice(async (cache) => {
    const bytes = await download(reader, MANIFEST, cache === 'default' ? 'no-cache' : cache, () => undefined);
    const parsed = parseManifest(parseJson(bytes, MANIFEST));
    if (!parsed.ok) throw new EngineFailure(parsed.error);
    return parsed.value;
  });
}

/**
 * One file of the manifest, hashed before anything reads it. A damaged copy is fetched once more past every cache.
 * `onBytes` gets the bytes of this file so far; they start again with a second attempt.
 * @throws EngineFailure artifact_unreachable, artifact_corrupt, manifest_invalid (not listed)
 */
export async function readArtifact(
  reader: ArtifactReader,
  manifest: ArtifactManifest,
  path: string,
  onBytes: (loadedBytes: number) => void = () => undefined,
): Promise<Bytes> {
  const expected = fileOf(manifest, path);
  return attemptTwice(async (cache) => {
    const bytes = await download(reader, path, cache, onBytes);
    const actualSha256 = await sha256(bytes);
    if (actualSha256 !== expected.sha256) {
      throw new EngineFailure({ kind: 'artifact_corrupt', path, expectedSha256: expected.sha256, actualSha256 });
    }
    return bytes;
  });
}

/** @throws EngineFailure manifest_invalid when the manifest does not list `path`. */
export function fileOf(manifest: ArtifactManifest, path: string): ArtifactFile {
  const file = Object.hasOwn(manifest.files, path) ? manifest.files[path] : undefined;
  if (file === undefined) throw new EngineFailure({ kind: 'manifest_invalid', detail: phrase('The file {{path}} is not listed.', { path }) });
  return file;
}

/** @throws EngineFailure manifest_invalid when the bytes are not JSON, a web page for instance. */
export function parseJson(bytes: Bytes, path: string): unknown {
  try {
    const json: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return json;
  } catch {
    throw new EngineFailure({ kind: 'manifest_invalid', detail: phrase('{{path}} is not JSON.', { path }) });
  }
}

/**
 * The second attempt goes past the HTTP cache and the service worker's. If it fails too, the first damage is what is reported. A connection
 * that broke is tried again as well: Chromium gives up a download that another page's broken-off one was writing to the cache
 * (net::ERR_CACHE_WRITE_FAILURE), which is what the reload of a first visit brings about.
 */
async function attemptTwice<Value>(attempt: (cache: 'default' | 'reload') => Promise<Value>): Promise<Value> {
  try {
    return await attempt('default');
  } catch (first) {
    if (!isDamage(first) && !isBroken(first)) throw first;
    try {
      return await attempt('reload');
    } catch (second) {
      throw isDamage(second) || isKind(second, 'cancelled') ? second : first;
    }
  }
}

function isDamage(thrown: unknown): boolean {
  return isKind(thrown, 'artifact_corrupt') || isKind(thrown, 'manifest_invalid');
}

/** No answer, or one that ended too soon; a server that answers 404 has said all there is. */
function isBroken(thrown: unknown): boolean {
  return thrown instanceof EngineFailure && thrown.error.kind === 'artifact_unreachable' && thrown.error.status === null;
}

function isKind(thrown: unknown, kind: EngineError['kind']): boolean {
  return thrown instanceof EngineFailure && thrown.error.kind === kind;
}

async function download(reader: ArtifactReader, path: string, cache: RequestCache, onBytes: (loadedBytes: number) => void): Promise<Bytes> {
  const { signal } = reader;
  try {
    const response = await reader.fetchFile(new URL(path, reader.modelsUrl).href, { cache, signal });
    if (!response.ok) throw new EngineFailure({ kind: 'artifact_unreachable', path, status: response.status });
    return await readBody(response, onBytes);
  } catch (thrown) {
    if (signal.aborted) throw new EngineFailure({ kind: 'cancelled' });
    if (thrown instanceof EngineFailure) throw thrown;
    throw new EngineFailure({ kind: 'artifact_unreachable', path, status: null });
  }
}

async function readBody(response: Response, onBytes: (loadedBytes: number) => void): Promise<Bytes> {
  if (response.body === null) return new Uint8Array(await response.arrayBuffer());
  const reader = response.body.getReader();
  const chunks: Uint8Array[] = [];
  let loadedBytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return join(chunks, loadedBytes);
    chunks.push(value);
    loadedBytes += value.byteLength;
    onBytes(loadedBytes);
  }
}

function join(chunks: readonly Uint8Array[], size: number): Bytes {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}

/** 64 lower-case hexadecimal digits. Browsers offer `crypto.subtle` on https and localhost only, like service workers. */
async function sha256(bytes: Bytes): Promise<string> {
  const { subtle } = globalThis.crypto;
  if (subtle === undefined) {
    throw new EngineFailure({ kind: 'internal', detail: phrase('Model files can only be checked on https or localhost; this page is on neither.') });
  }
  const digest = new Uint8Array(await subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
