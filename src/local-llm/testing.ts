import type { FileEntry, Folder } from './model-folder';

/** A folder in memory, as OPFS is used here: flat, with exclusive handles. */
export class MemoryFolder implements Folder {
  readonly files = new Map<string, Uint8Array<ArrayBuffer>>();
  private readonly open = new Set<string>();
  /** Bytes that fit in all; more throws as a full disk does. */
  quota = Infinity;

  async getFileHandle(name: string, options?: { readonly create?: boolean }): Promise<FileEntry> {
    if (!this.files.has(name)) {
      if (options?.create !== true) throw new DOMException(name, 'NotFoundError');
      this.files.set(name, new Uint8Array());
    }
    return { getFile: async () => new Blob([this.bytes(name)]), createSyncAccessHandle: async () => this.openHandle(name) };
  }

  async removeEntry(name: string): Promise<void> {
    if (!this.files.delete(name)) throw new DOMException(name, 'NotFoundError');
  }

  bytes(name: string): Uint8Array<ArrayBuffer> {
    return this.files.get(name) ?? new Uint8Array();
  }

  private openHandle(name: string) {
    if (this.open.has(name)) throw new DOMException(name, 'NoModificationAllowedError');
    this.open.add(name);
    return {
      getSize: () => this.bytes(name).length,
      truncate: (size: number) => void this.files.set(name, this.bytes(name).slice(0, size)),
      write: (bytes: Uint8Array<ArrayBuffer>, { at }: { readonly at: number }) => this.write(name, bytes, at),
      flush: () => undefined,
      close: () => void this.open.delete(name),
    };
  }

  private write(name: string, bytes: Uint8Array<ArrayBuffer>, at: number): number {
    const grown = new Uint8Array(Math.max(this.bytes(name).length, at + bytes.length));
    grown.set(this.bytes(name));
    grown.set(bytes, at);
    if (grown.length > this.quota) throw new DOMException('full', 'QuotaExceededError');
    this.files.set(name, grown);
    return bytes.length;
  }
}
