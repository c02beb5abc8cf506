import { RemoteFailure, type RemoteErrorKind, type RemoteFile, type SyncRemote, type WriteCondition } from '../sync/remote';

/** A folder in memory that several devices share, with failures on demand. For tests. */
export class MemoryRemote implements SyncRemote {
  readonly files = new Map<string, Uint8Array<ArrayBuffer>>();
  /** Fails the next operations whose description matches, for example "write x.index". */
  failing: { readonly pattern: RegExp; readonly kind: RemoteErrorKind } | null = null;
  readonly log: string[] = [];
  private readonly tags = new Map<string, number>();
  private tag = 0;

  list(signal: AbortSignal): Promise<readonly RemoteFile[]> {
    return this.operate('list', signal, () => [...this.files.keys()].map((name) => ({ name, tag: String(this.tags.get(name)) })));
  }

  read(name: string, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer> | null> {
    return this.operate(`read ${name}`, signal, () => this.files.get(name)?.slice() ?? null);
  }

  write(name: string, content: Uint8Array<ArrayBuffer>, signal: AbortSignal, { onlyNew = false }: WriteCondition = {}): Promise<boolean> {
    return this.operate(`write ${name}`, signal, () => {
      if (onlyNew && this.files.has(name)) return false;
      this.files.set(name, content.slice());
      this.tags.set(name, (this.tag += 1));
      return true;
    });
  }

  remove(name: string, signal: AbortSignal): Promise<void> {
    return this.operate(`remove ${name}`, signal, () => void this.files.delete(name));
  }

  private async operate<Value>(what: string, signal: AbortSignal, work: () => Value): Promise<Value> {
    await Promise.resolve();
    signal.throwIfAborted();
    this.log.push(what);
    if (this.failing?.pattern.test(what) === true) throw new RemoteFailure(this.failing.kind, what);
    return work();
  }
}
