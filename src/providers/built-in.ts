import { ProviderFailure } from './failure';
import { textOfMessage, type ChatMessage, type LanguageModel, type ProviderError, type StreamPart, type StreamRequest } from './language-model';

/*
 * The browser's own model by the Prompt API (https://webmachinelearning.github.io/prompt-api/; Chrome 148 on desktop). TypeScript's library
 * does not know it yet; these are the parts that are used.
 */
export type Availability = 'unavailable' | 'downloadable' | 'downloading' | 'available';

export interface PromptMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

/** Chrome asks pages to say in which language answers are expected. */
interface ExpectedText {
  readonly type: 'text';
  readonly languages: readonly string[];
}

interface CoreOptions {
  readonly expectedInputs: readonly ExpectedText[];
  readonly expectedOutputs: readonly ExpectedText[];
}

interface SessionOptions extends CoreOptions {
  readonly initialPrompts?: readonly PromptMessage[];
  readonly signal?: AbortSignal;
  readonly monitor?: (monitor: DownloadMonitor) => void;
}

/** `loaded` of its events is a fraction of 1. */
interface DownloadMonitor {
  addEventListener(type: 'downloadprogress', listener: (event: { readonly loaded: number }) => void): void;
}

export interface PromptSession {
  promptStreaming(input: string, options: { readonly signal: AbortSignal }): ReadableStream<string>;
  destroy(): void;
}

export interface PromptApi {
  /** For the same options as `create`. */
  availability(options: CoreOptions): Promise<Availability>;
  create(options: SessionOptions): Promise<PromptSession>;
}

/** What Chrome's model has learned to write (https://developer.chrome.com/docs/ai/prompt-api), 2026-11. */
const LANGUAGES: ReadonlySet<string> = new Set(['de', 'en', 'es', 'fr', 'ja']);

/** The language of the browser where the model knows it, and English. */
function expectedText(language: string = globalThis.navigator?.language ?? 'en'): CoreOptions {
  const own = language.slice(0, 2).toLowerCase();
  const languages = own !== 'en' && LANGUAGES.has(own) ? ['en', own] : ['en'];
  return { expectedInputs: [{ type: 'text', languages }], expectedOutputs: [{ type: 'text', languages }] };
}

/** `unsupported` where the browser has no Prompt API at all. */
export async function builtInAvailability(api: PromptApi | null): Promise<Availability | 'unsupported'> {
  return api === null ? 'unsupported' : api.availability(expectedText());
}

/** Null where the browser has none. */
export function findPromptApi(scope: object = globalThis): PromptApi | null {
  const candidate: unknown = 'LanguageModel' in scope ? scope.LanguageModel : null;
  return isPromptApi(candidate) ? candidate : null;
}

function isPromptApi(value: unknown): value is PromptApi {
  if ((typeof value !== 'function' && typeof value !== 'object') || value === null) return false;
  return 'availability' in value && typeof value.availability === 'function' && 'create' in value && typeof value.create === 'function';
}

/** Has the browser download its model, if it must. Needs a click of the user's. Throws ProviderFailure. */
export async function prepareBuiltIn(api: PromptApi, onProgress: (fraction: number) => void, signal: AbortSignal): Promise<void> {
  try {
    const session = await api.create({ ...expectedText(), signal, monitor: (monitor) => monitor.addEventListener('downloadprogress', ({ loaded }) => onProgress(Math.min(1, loaded))) });
    session.destroy();
  } catch (thrown) {
    throw new ProviderFailure(signal.aborted ? { kind: 'cancelled' } : toError(thrown));
  }
}

/** The built-in model behind the contract of all others. */
export function builtInLanguageModel(api: PromptApi | null): LanguageModel {
  return {
    stream: (request, signal) => stream(api, request, signal),
    listModels: async () => [],
  };
}

async function* stream(api: PromptApi | null, { messages, model }: StreamRequest, signal: AbortSignal): AsyncGenerator<StreamPart> {
  if (signal.aborted) throw new ProviderFailure({ kind: 'cancelled' });
  if (api === null) throw new ProviderFailure({ kind: 'model_missing', model });
  const last = messages.at(-1);
  let session: PromptSession | null = null;
  try {
    session = await api.create({ ...expectedText(), initialPrompts: ordered(messages.slice(0, -1)), signal });
    yield { type: 'start', responseModel: null };
    const reader = session.promptStreaming(last === undefined ? '' : textOfMessage(last), { signal }).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      if (value !== '') yield { type: 'text-delta', text: value };
    }
    yield { type: 'end', finishReason: 'stop', usage: null };
  } catch (thrown) {
    throw new ProviderFailure(signal.aborted ? { kind: 'cancelled' } : toError(thrown));
  } finally {
    session?.destroy();
  }
}

/** The API takes a system prompt in the first place only. */
function ordered(messages: readonly ChatMessage[]): readonly PromptMessage[] {
  const system = messages.filter(({ role }) => role === 'system').map(textOfMessage);
  const rest = messages.filter(({ role }) => role !== 'system').map((message) => ({ role: message.role, content: textOfMessage(message) }));
  return system.length === 0 ? rest : [{ role: 'system', content: system.join('\n\n') }, ...rest];
}

/** https://webmachinelearning.github.io/prompt-api/#errors; a QuotaExceededError names what was asked for and what there is. */
function toError(thrown: unknown): ProviderError {
  const name = thrown instanceof Error || thrown instanceof DOMException ? thrown.name : '';
  const detail = thrown instanceof Error || thrown instanceof DOMException ? thrown.message : String(thrown);
  if (name === 'AbortError') return { kind: 'cancelled' };
  if (name === 'QuotaExceededError') return { kind: 'context_too_long', detail };
  if (name === 'NotAllowedError' || name === 'NetworkError') return { kind: 'unreachable', detail, local: false };
  return { kind: 'device_failed', detail };
}
