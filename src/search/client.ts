import { isSearchReply, type SearchRequest, type SearchResult } from './messages';

/** The search worker as the page sees it. */
export interface SearchPort {
  readonly post: (request: SearchRequest) => void;
  readonly listen: (receive: (data: unknown) => void, died: (detail: string) => void) => void;
  readonly terminate: () => void;
}

interface Waiting {
  readonly resolve: (result: SearchResult) => void;
  readonly reject: (thrown: Error) => void;
}

/** Starts the worker at the first search, and a new one after a death. */
export class SearchClient {
  private port: SearchPort | null = null;
  private readonly waiting = new Map<number, Waiting>();
  private lastId = 0;

  /** `onReady`: the index is complete, so that an earlier search may find more now. */
  constructor(
    private readonly createPort: () => SearchPort,
    private readonly onReady: () => void,
  ) {}

  /** Rejects when the worker cannot read what is stored, or died. */
  search(query: string, limit: number): Promise<SearchResult> {
    const port = (this.port ??= this.start());
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      port.post({ id, query, limit });
    });
  }

  private start(): SearchPort {
    const port = this.createPort();
    port.listen(
      (data) => this.receive(data),
      (detail) => this.bury(port, detail),
    );
    return port;
  }

  private receive(data: unknown): void {
    if (!isSearchReply(data)) return;
    if (data.kind === 'ready') return this.onReady();
    const waiting = this.waiting.get(data.id);
    this.waiting.delete(data.id);
    if (data.kind === 'found') waiting?.resolve(data.result);
    else waiting?.reject(new Error(data.detail));
  }

  private bury(port: SearchPort, detail: string): void {
    port.terminate();
    if (this.port === port) this.port = null;
    const left = [...this.waiting.values()];
    this.waiting.clear();
    for (const { reject } of left) reject(new Error(detail));
  }
}
