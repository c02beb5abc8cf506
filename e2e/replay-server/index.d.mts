/** What a matching request gets instead of a proper answer. `afterChunks` counts text chunks sent before it happens. */
export type ReplayFailure =
  | { kind: 'status'; status: number; retryAfterSeconds?: number; code?: string; message?: string }
  /** A 401 whose answer carries no CORS header, as OpenAI sends it: a page sees only a TypeError. */
  | { kind: 'opaque_401' }
  /** No CORS header on anything, preflight included, as Ollama without OLLAMA_ORIGINS. Lasts until reset; `times` does not count. */
  | { kind: 'no_cors' }
  /** The connection is destroyed. */
  | { kind: 'die'; afterChunks: number }
  /** The stream ends in good order, but without a finish reason. */
  | { kind: 'cut'; afterChunks: number }
  /** The connection stays open and nothing more comes. */
  | { kind: 'stall'; afterChunks: number }
  | { kind: 'slow'; msPerChunk: number }
  /** One chunk that is not JSON; the rest follows as usual. */
  | { kind: 'malformed'; afterChunks: number }
  /** An error event of the provider's shape in a stream with status 200. */
  | { kind: 'error_chunk'; afterChunks: number; message?: string }
  /** A proxy's HTML page. */
  | { kind: 'html'; status?: number }
  /** One line of that many bytes. */
  | { kind: 'huge_line'; bytes: number }
  /** Chunks without end. */
  | { kind: 'endless' }
  /** The request is taken and never answered. */
  | { kind: 'silent' }
  | { kind: 'redirect'; location: string };

export interface FailureRule {
  failure: ReplayFailure;
  /** Only requests for this model; every model when absent. */
  model?: string;
  /** `chat` when absent. */
  endpoint?: 'chat' | 'models' | 'sign-in' | 'any';
  /** How many requests it applies to; 1 when absent, `null` = until reset. */
  times?: number | null;
}

export interface LoggedRequest {
  id: number;
  method: string;
  path: string;
  headers: Record<string, string>;
  model: string | null;
  /** The prompt that was looked up: the last user message. */
  prompt: string | null;
  body: unknown;
  /** How the answer was found; null for requests that are not chats. */
  match: 'exact' | 'nearest' | 'fallback' | 'none' | null;
  /** `aborted`: the client left first. */
  outcome: 'open' | 'done' | 'aborted';
}

export interface ReplayServerOptions {
  /** 0 or absent: any free port. */
  port?: number;
  /** A folder with responses.jsonl.gz and prompts.jsonl.gz; the project's own fixtures when absent. */
  data?: string | null;
  /** Pause between chunks; 2 when absent. */
  msPerChunk?: number;
  /** When set, any other key gets 401. */
  key?: string | null;
}

export interface ReplayControl {
  fail(rule: FailureRule): void;
  reset(): void;
  log(): LoggedRequest[];
  clearLog(): void;
}

export interface ReplayServer {
  /** `http://127.0.0.1:<port>`; base URLs are `<url>/v1`, `<url>/anthropic/v1`, `<url>/google/v1beta`. As OpenRouter: `<url>/auth`, `<url>/api/v1`. */
  url: string;
  modelIds: string[];
  control: ReplayControl;
  close(): Promise<void>;
}

export function startReplayServer(options?: ReplayServerOptions): Promise<ReplayServer>;
