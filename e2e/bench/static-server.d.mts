export interface ServedFolder {
  readonly prefix: string;
  readonly folder: string;
}

export interface ServeOptions {
  /** Sends the headers that give a page threads; without them the host is as bare as most are. */
  readonly isolated?: boolean;
}

export function serveFolders(roots: readonly ServedFolder[], options?: ServeOptions): Promise<{ readonly url: string; close(): Promise<void> }>;
