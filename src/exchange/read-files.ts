import { Unzip, UnzipInflate, type UnzipFile } from 'fflate';
import { JsonSplitter } from './json-stream';
import { ExportFailure } from './model';

/** The part of a File that is read. */
export interface ReadableFile {
  readonly name: string;
  readonly size: number;
  stream(): ReadableStream<Uint8Array>;
}

export interface ReadFilesOptions {
  readonly onEntry: (value: unknown, file: string) => void;
  /** Bytes read so far, of all files together. */
  readonly onBytes?: (bytes: number) => void;
  /** Which members of an archive to read; all that may hold JSON when left out. */
  readonly wants?: (member: string) => boolean;
  /** Called between chunks: waiting here holds the reading back. */
  readonly pause?: () => Promise<void> | null;
}

/** "PK": every zip begins so. */
const ZIP_MAGIC = [0x50, 0x4b] as const;
/** Text that grows more than this when unpacked was made to fill the disk. */
const MAX_RATIO = 200;
const MAX_RATIO_FREE_BYTES = 16 * 1024 * 1024;

/** Reads JSON, JSON Lines and zip archives of them, told apart by what is in them, entry by entry. @throws ExportFailure */
export async function readFiles(files: readonly ReadableFile[], options: ReadFilesOptions): Promise<void> {
  let before = 0;
  for (const file of files) {
    if (file.size === 0) throw new ExportFailure({ kind: 'empty' });
    await readFile(file, options, (bytes) => options.onBytes?.(before + bytes));
    before += file.size;
  }
}

interface Sink {
  push(chunk: Uint8Array): void;
  end(): void;
}

async function readFile(file: ReadableFile, options: ReadFilesOptions, onBytes: (bytes: number) => void): Promise<void> {
  const reader = file.stream().getReader();
  let sink: Sink | null = null;
  let bytes = 0;
  try {
    for (let next = await read(reader); next !== null; next = await read(reader)) {
      sink ??= isZip(next) ? new ZipSink(file, options) : new JsonSplitter(file.name, (value) => options.onEntry(value, file.name));
      sink.push(next);
      bytes += next.length;
      onBytes(bytes);
      await options.pause?.();
    }
    sink?.end();
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

async function read(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Uint8Array | null> {
  try {
    const { done, value } = await reader.read();
    return done ? null : value;
  } catch (thrown) {
    throw new ExportFailure({ kind: 'unreadable', detail: thrown instanceof Error ? thrown.message : String(thrown) });
  }
}

function isZip(chunk: Uint8Array): boolean {
  return ZIP_MAGIC.every((byte, at) => chunk[at] === byte);
}

/** Unpacks an archive while it arrives and splits each member that may hold JSON. */
class ZipSink implements Sink {
  private readonly unzip: Unzip;
  private open = 0;
  private unpacked = 0;
  private failure: ExportFailure | null = null;

  constructor(
    private readonly file: ReadableFile,
    private readonly options: ReadFilesOptions,
  ) {
    this.unzip = new Unzip((member) => this.begin(member));
    this.unzip.register(UnzipInflate);
  }

  push(chunk: Uint8Array): void {
    this.guarded(() => this.unzip.push(chunk));
  }

  end(): void {
    this.guarded(() => this.unzip.push(new Uint8Array(0), true));
    if (this.open > 0) throw new ExportFailure({ kind: 'cut_off', file: this.file.name });
  }

  private guarded(work: () => void): void {
    try {
      work();
    } catch (thrown) {
      throw this.failure ?? asFailure(thrown);
    }
    if (this.failure !== null) throw this.failure;
  }

  private begin(member: UnzipFile): void {
    const wanted = /\.(json|jsonl|ndjson)$/i.test(member.name) && (this.options.wants?.(member.name) ?? true);
    if (!wanted) return;
    const splitter = new JsonSplitter(member.name, (value) => this.options.onEntry(value, member.name));
    this.open += 1;
    member.ondata = (problem, chunk, isFinal) => {
      if (this.failure !== null) return;
      try {
        if (problem !== null) throw problem;
        this.count(chunk.length);
        splitter.push(chunk);
        if (!isFinal) return;
        this.open -= 1;
        splitter.end();
      } catch (thrown) {
        this.failure = asFailure(thrown);
      }
    };
    member.start();
  }

  private count(bytes: number): void {
    this.unpacked += bytes;
    if (this.unpacked > MAX_RATIO_FREE_BYTES + MAX_RATIO * this.file.size) throw new ExportFailure({ kind: 'too_large', file: this.file.name });
  }
}

function asFailure(thrown: unknown): ExportFailure {
  if (thrown instanceof ExportFailure) return thrown;
  return new ExportFailure({ kind: 'broken_zip', detail: thrown instanceof Error ? thrown.message : String(thrown) });
}
