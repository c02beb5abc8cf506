import { CHECKED_FILE, localName, PLAN_FILE, type ModelFile, type ModelPlan } from '../protocol/local-llm';

/** The part of OPFS that is used, so that a test can have one in memory. */
export interface Folder {
  getFileHandle(name: string, options?: { readonly create?: boolean }): Promise<FileEntry>;
  removeEntry(name: string): Promise<void>;
}

export interface FileEntry {
  getFile(): Promise<Blob>;
  /** Exclusive; rejects with NoModificationAllowedError while another tab writes. */
  createSyncAccessHandle(): Promise<WritableFile>;
}

export interface WritableFile {
  getSize(): number;
  truncate(size: number): void;
  write(bytes: Uint8Array<ArrayBuffer>, options: { readonly at: number }): number;
  flush(): void;
  close(): void;
}

/** One model's files: what is complete is known by name, so that a broken-off download goes on where it was. */
export class ModelFolder {
  constructor(private readonly folder: Folder) {}

  /** Files of another revision or device are of no use and go. */
  async begin(plan: ModelPlan): Promise<void> {
    const known = await this.readText(PLAN_FILE);
    const text = JSON.stringify(plan);
    if (known === text) return;
    for (const path of known === null ? [] : pathsIn(known)) await this.remove(localName(path));
    await this.remove(CHECKED_FILE);
    await this.writeText(PLAN_FILE, text);
  }

  async checkedPaths(): Promise<ReadonlySet<string>> {
    const list: unknown = JSON.parse((await this.readText(CHECKED_FILE)) ?? '[]');
    return new Set(Array.isArray(list) ? list.filter((path) => typeof path === 'string') : []);
  }

  async noteChecked(path: string): Promise<void> {
    await this.writeText(CHECKED_FILE, JSON.stringify([...(await this.checkedPaths()), path]));
  }

  async openForWriting(file: ModelFile): Promise<WritableFile> {
    return (await this.folder.getFileHandle(localName(file.path), { create: true })).createSyncAccessHandle();
  }

  /** Null when there is no such file. */
  async read(path: string): Promise<Blob | null> {
    try {
      return await (await this.folder.getFileHandle(localName(path))).getFile();
    } catch {
      return null;
    }
  }

  async discard(path: string): Promise<void> {
    await this.remove(localName(path));
  }

  private async readText(name: string): Promise<string | null> {
    const file = await this.read(name);
    return file === null ? null : file.text();
  }

  private async writeText(name: string, text: string): Promise<void> {
    const handle = await (await this.folder.getFileHandle(name, { create: true })).createSyncAccessHandle();
    try {
      handle.truncate(0);
      handle.write(new TextEncoder().encode(text), { at: 0 });
      handle.flush();
    } finally {
      handle.close();
    }
  }

  private async remove(name: string): Promise<void> {
    // Not there is as good as removed.
    await this.folder.removeEntry(name).catch(() => undefined);
  }
}

function pathsIn(planText: string): readonly string[] {
  const plan: unknown = JSON.parse(planText);
  if (typeof plan !== 'object' || plan === null || !('files' in plan) || !Array.isArray(plan.files)) return [];
  return plan.files.flatMap((file: unknown) => (typeof file === 'object' && file !== null && 'path' in file && typeof file.path === 'string' ? [file.path] : []));
}
