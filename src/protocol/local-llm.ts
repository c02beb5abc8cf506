import { english, type Words } from '../core/phrase';

/**
 * What the page and the worker of downloaded models say to each other. A worker does one job at a time: a download, or one answer after
 * another. Everything survives structured clone.
 */

/** One file of a model, as the hub lists it. */
export interface ModelFile {
  /** In the repository, for example `onnx/model_q4.onnx`. */
  readonly path: string;
  readonly bytes: number;
  /** Git LFS files are named by their SHA-256, small ones by Git's SHA-1 over `blob <bytes>\0` and the content. */
  readonly digest: { readonly algorithm: 'sha256' | 'git-sha1'; readonly hex: string };
}

export type LlmDevice = 'webgpu' | 'wasm';

/** Exactly what is downloaded, and how it is run. Kept beside the files. */
export interface ModelPlan {
  /** Names the folder; stays the same over revisions. */
  readonly modelId: string;
  readonly repository: string;
  /** A commit, so that all files belong together. */
  readonly revision: string;
  readonly device: LlmDevice;
  /** In transformers.js's words. */
  readonly dtype: string;
  /** Files of weights beside the graph. */
  readonly externalDataFiles: number;
  readonly files: readonly ModelFile[];
}

export interface LlmMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

export type LlmError =
  | { readonly kind: 'cancelled' }
  /** The hub is out of reach, or answered with an error. */
  | { readonly kind: 'network'; readonly detail: Words }
  | { readonly kind: 'no_room' }
  /** What arrived is not what the hub lists; it was thrown away. */
  | { readonly kind: 'corrupt'; readonly path: string }
  /** Another tab writes the same files. */
  | { readonly kind: 'busy' }
  /** Not, or no longer, all in this browser. */
  | { readonly kind: 'missing_files' }
  | { readonly kind: 'context_too_long'; readonly tokens: number; readonly limit: number }
  | { readonly kind: 'device_failed'; readonly detail: Words };

export type LlmRequest =
  | { readonly type: 'download'; readonly id: number; readonly hub: string; readonly plan: ModelPlan }
  | {
      readonly type: 'generate';
      readonly id: number;
      readonly plan: ModelPlan;
      readonly messages: readonly LlmMessage[];
      readonly maxOutputTokens: number;
      /** One 32-bit number; not 0 = stop. A busy worker reads no messages. Null where memory cannot be shared. */
      readonly stopFlag: SharedArrayBuffer | null;
    }
  | { readonly type: 'stop'; readonly id: number };

export type LlmReply =
  /** Of a download: bytes that are in, of all files. */
  | { readonly type: 'progress'; readonly id: number; readonly bytes: number }
  /** Of an answer: the model is in memory and begins to read the prompt. */
  | { readonly type: 'started'; readonly id: number }
  | { readonly type: 'text'; readonly id: number; readonly text: string }
  | { readonly type: 'done'; readonly id: number; readonly inputTokens: number; readonly outputTokens: number; readonly reachedLimit: boolean }
  | { readonly type: 'failed'; readonly id: number; readonly error: LlmError };

/** An expected failure on its way through code that throws. */
export class LlmFailure extends Error {
  override readonly name = 'LlmFailure';

  constructor(readonly error: LlmError) {
    super('detail' in error ? `${error.kind}: ${english(error.detail)}` : error.kind);
  }
}

/** A folder of the origin's private file system; in it one folder a model. */
export const MODELS_FOLDER = 'local-llm';
/** In a model's folder: its ModelPlan, and the names of files that are complete and checked. */
export const PLAN_FILE = 'plan.json';
export const CHECKED_FILE = 'checked.json';

/** Private file systems have flat names here. */
export function localName(path: string): string {
  return path.replaceAll('/', '__');
}

export function totalBytes(plan: ModelPlan): number {
  return plan.files.reduce((sum, file) => sum + file.bytes, 0);
}

/** Whether a value that came over the wire is a request of this page's version. Only the envelope is read: both ends are built together. */
export function isLlmRequest(value: unknown): value is LlmRequest {
  return isEnvelope(value) && (value.type === 'download' || value.type === 'generate' || value.type === 'stop');
}

const REPLIES: ReadonlySet<unknown> = new Set(['progress', 'started', 'text', 'done', 'failed']);

export function isLlmReply(value: unknown): value is LlmReply {
  return isEnvelope(value) && REPLIES.has(value.type);
}

function isEnvelope(value: unknown): value is { readonly type: unknown; readonly id: number } {
  return typeof value === 'object' && value !== null && 'type' in value && 'id' in value && typeof value.id === 'number';
}
