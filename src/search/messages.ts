/** What page and search worker say to one another: plain data, checked on arrival by its `kind`. */

export interface SearchRequest {
  readonly id: number;
  readonly query: string;
  readonly limit: number;
}

/** A stretch of text; marked where it matches the query. */
export interface SnippetPart {
  readonly text: string;
  readonly match: boolean;
}

/** One place where the query was found. */
export interface SearchHit {
  readonly conversationId: string;
  readonly title: string;
  /** Null: found in the title. */
  readonly turnId: string | null;
  readonly source: 'title' | 'prompt' | 'answer';
  readonly snippet: readonly SnippetPart[];
  /** When the turn was sent, or the conversation last used. */
  readonly at: number;
}

export interface SearchResult {
  /** Best first. */
  readonly hits: readonly SearchHit[];
  /** Turns read of all there are; fewer than all while the index is being built. */
  readonly indexed: { readonly done: number; readonly total: number };
  /** Time in the worker. */
  readonly ms: number;
}

export type SearchReply =
  | { readonly kind: 'found'; readonly id: number; readonly result: SearchResult }
  | { readonly kind: 'failed'; readonly id: number; readonly detail: string }
  /** Everything stored has been read; what was found before may be less than there is. */
  | { readonly kind: 'ready' };

export function isSearchRequest(data: unknown): data is SearchRequest {
  return typeof data === 'object' && data !== null && 'query' in data && typeof data.query === 'string' && 'id' in data && 'limit' in data;
}

export function isSearchReply(data: unknown): data is SearchReply {
  return typeof data === 'object' && data !== null && 'kind' in data && (data.kind === 'found' || data.kind === 'failed' || data.kind === 'ready');
}
