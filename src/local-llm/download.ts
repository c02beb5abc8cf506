import { phrase } from '../core/phrase';
import { LlmFailure, type ModelFile, type ModelPlan } from '../protocol/local-llm';
import { matchesDigest } from './digest';
import type { ModelFolder, WritableFile } from './model-folder';

export interface DownloadParts {
  readonly hub: string;
  readonly folder: ModelFolder;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly signal: AbortSignal;
  readonly onProgress: (bytes: number) => void;
}

/** A file that arrives damaged is fetched anew this many times. */
const ATTEMPTS = 2;
/** Progress is told after every so many bytes, not for each of thousands of pieces. */
const REPORT_BYTES = 256 * 1024;

/**
 * Brings every file of a plan into its folder, in the plan's order, each checked against the hub's digest. What is complete is not fetched
 * again; a file that was broken off goes on behind its last byte where the server allows it (RFC 9110 §14). Throws LlmFailure.
 */
export async function downloadModel(plan: ModelPlan, parts: DownloadParts): Promise<void> {
  await parts.folder.begin(plan);
  const checked = await parts.folder.checkedPaths();
  let done = 0;
  for (const file of plan.files) {
    if (!checked.has(file.path)) await bringFile(plan, file, { ...parts, onProgress: (bytes) => parts.onProgress(done + bytes) });
    done += file.bytes;
    parts.onProgress(done);
  }
}

async function bringFile(plan: ModelPlan, file: ModelFile, parts: DownloadParts): Promise<void> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    await fetchInto(plan, file, parts);
    const content = await parts.folder.read(file.path);
    if (content !== null && (await matchesDigest(content, file))) return parts.folder.noteChecked(file.path);
    await parts.folder.discard(file.path);
  }
  throw new LlmFailure({ kind: 'corrupt', path: file.path });
}

async function fetchInto(plan: ModelPlan, file: ModelFile, parts: DownloadParts): Promise<void> {
  const target = await openTarget(file, parts.folder);
  try {
    const start = target.getSize() > file.bytes ? 0 : target.getSize();
    if (start === file.bytes && start > 0) return;
    const response = await request(fileUrl(parts.hub, plan, file.path), start, parts);
    const from = response.status === 206 && rangeStart(response, start) === start ? start : 0;
    target.truncate(from);
    await writeBody(response, target, from, parts);
  } catch (thrown) {
    throw toFailure(thrown, parts.signal);
  } finally {
    target.close();
  }
}

async function openTarget(file: ModelFile, folder: ModelFolder): Promise<WritableFile> {
  try {
    return await folder.openForWriting(file);
  } catch (thrown) {
    if (thrown instanceof DOMException && thrown.name === 'NoModificationAllowedError') throw new LlmFailure({ kind: 'busy' });
    throw toFailure(thrown, null);
  }
}

/** The hub's layout: https://huggingface.co/docs/hub/models-downloading. */
export function fileUrl(hub: string, { repository, revision }: ModelPlan, path: string): string {
  return `${hub}/${repository}/resolve/${revision}/${path}`;
}

async function request(url: string, start: number, { fetch, signal }: Pick<DownloadParts, 'fetch' | 'signal'>): Promise<Response> {
  // `Range` with one open range is safelisted: it needs no preflight, neither here nor at the store that the hub redirects to.
  const headers: Record<string, string> = start > 0 ? { range: `bytes=${start}-` } : {};
  const response = await fetch(url, { headers, signal, credentials: 'omit', cache: 'no-store', referrerPolicy: 'no-referrer' });
  if (response.status === 416 && start > 0) return request(url, 0, { fetch, signal });
  if (!response.ok || response.body === null) throw new LlmFailure({ kind: 'network', detail: phrase('The server answered {{status}}.', { status: response.status }) });
  return response;
}

/** `Content-Range: bytes 100-199/200` → 100. Hidden from pages unless the server exposes it: then the status is believed. */
function rangeStart(response: Response, asked: number): number {
  const match = /^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '');
  return match === null ? asked : Number(match[1]);
}

async function writeBody(response: Response, target: WritableFile, start: number, { signal, onProgress }: DownloadParts): Promise<void> {
  const reader = response.body?.getReader();
  if (!reader) return;
  let at = start;
  let reported = start;
  for (;;) {
    const { done, value } = await reader.read();
    if (signal.aborted) throw new LlmFailure({ kind: 'cancelled' });
    if (done) break;
    at += target.write(value, { at });
    if (at - reported < REPORT_BYTES) continue;
    reported = at;
    onProgress(at);
  }
  target.flush();
}

function toFailure(thrown: unknown, signal: AbortSignal | null): LlmFailure {
  if (signal?.aborted === true) return new LlmFailure({ kind: 'cancelled' });
  if (thrown instanceof LlmFailure) return thrown;
  if (thrown instanceof DOMException && thrown.name === 'QuotaExceededError') return new LlmFailure({ kind: 'no_room' });
  return new LlmFailure({ kind: 'network', detail: thrown instanceof Error ? thrown.message : String(thrown) });
}
