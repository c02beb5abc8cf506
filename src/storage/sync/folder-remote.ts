import { RemoteFailure, type RemoteErrorKind, type RemoteFile, type SyncRemote, type WriteCondition } from './remote';

/**
 * A folder that the user chose (File System Access API), for example one that a cloud client keeps the same on every machine. The browser asks
 * for permission again after a restart, and only on a click.
 */
export class FolderRemote implements SyncRemote {
  constructor(private readonly folder: FileSystemDirectoryHandle) {}

  list(signal: AbortSignal): Promise<readonly RemoteFile[]> {
    return operate(signal, async () => {
      const files: RemoteFile[] = [];
      for await (const [name, handle] of this.folder.entries()) {
        if (handle.kind === 'file') files.push({ name, tag: await tagOf(handle) });
      }
      return files;
    });
  }

  read(name: string, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer> | null> {
    return operate(signal, async () => {
      const handle = await this.existing(name);
      return handle === null ? null : new Uint8Array(await (await handle.getFile()).arrayBuffer());
    });
  }

  write(name: string, content: Uint8Array<ArrayBuffer>, signal: AbortSignal, { onlyNew = false }: WriteCondition = {}): Promise<boolean> {
    return operate(signal, async () => {
      if (onlyNew && (await this.existing(name)) !== null) return false;
      const handle = await this.folder.getFileHandle(name, { create: true });
      // The stream writes beside the file and replaces it on close, so that nobody ever reads half of it.
      const stream = await handle.createWritable();
      try {
        await stream.write(content);
        await stream.close();
      } catch (thrown) {
        await stream.abort().catch(() => undefined);
        throw thrown;
      }
      return true;
    });
  }

  remove(name: string, signal: AbortSignal): Promise<void> {
    return operate(signal, async () => {
      if ((await this.existing(name)) !== null) await this.folder.removeEntry(name);
    });
  }

  private async existing(name: string): Promise<FileSystemFileHandle | null> {
    try {
      return await this.folder.getFileHandle(name);
    } catch (thrown) {
      if (nameOf(thrown) === 'NotFoundError') return null;
      throw thrown;
    }
  }
}

async function tagOf(handle: FileSystemFileHandle): Promise<string> {
  const file = await handle.getFile();
  return `${file.lastModified}-${file.size}`;
}

const KIND_OF_NAME: Readonly<Record<string, RemoteErrorKind>> = {
  NotAllowedError: 'no_permission',
  SecurityError: 'no_permission',
  NotFoundError: 'not_found',
  QuotaExceededError: 'full',
  NoModificationAllowedError: 'changed',
  InvalidStateError: 'changed',
  NotReadableError: 'changed',
};

async function operate<Value>(signal: AbortSignal, work: () => Promise<Value>): Promise<Value> {
  signal.throwIfAborted();
  try {
    return await work();
  } catch (thrown) {
    throw new RemoteFailure(KIND_OF_NAME[nameOf(thrown)] ?? 'server', thrown instanceof Error ? thrown.message : String(thrown));
  }
}

function nameOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.name : '';
}
