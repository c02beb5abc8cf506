import { ExportFailure } from './model';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const COMMA = 0x2c;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf] as const;

/** One chat larger than this is no chat. */
const MAX_ENTRY_BYTES = 256 * 1024 * 1024;

/**
 * Splits a JSON text into its entries while it arrives: the objects of an array, the lines of JSON Lines, or the one object there is.
 * Holds no more than the entry at hand, so that an export of any size can be read. UTF-8 never hides an ASCII byte in a longer character, so
 * it looks at bytes.
 */
export class JsonSplitter {
  private depth = 0;
  private inString = false;
  private isEscaped = false;
  /** 0: between values; 1: inside the outer array. Entries lie directly below. */
  private outer: 0 | 1 = 0;
  private seen = 0;
  private entries = 0;
  private kept: Uint8Array[] = [];
  private keptBytes = 0;
  private startAt = -1;

  constructor(
    private readonly file: string,
    private readonly onEntry: (value: unknown) => void,
  ) {}

  push(chunk: Uint8Array): void {
    this.startAt = this.keptBytes > 0 ? 0 : -1;
    for (let at = 0; at < chunk.length; at++) {
      if (this.startAt >= 0) this.inside(chunk, at);
      else this.between(chunk, at);
    }
    if (this.startAt >= 0) this.keep(chunk.subarray(this.startAt));
    this.seen += chunk.length;
  }

  /** Call when the text has ended. @throws ExportFailure when it ended too early. */
  end(): void {
    if (this.keptBytes > 0 || this.outer === 1) throw new ExportFailure({ kind: 'cut_off', file: this.file });
  }

  private between(chunk: Uint8Array, at: number): void {
    const byte = chunk[at]!;
    if (byte <= 0x20 || byte === COMMA || byte === BYTE_ORDER_MARK[this.seen + at]) return;
    if (byte === OPEN_BRACE || (byte === OPEN_BRACKET && this.outer === 1)) {
      this.depth = 1;
      this.startAt = at;
    } else if (byte === OPEN_BRACKET) this.outer = 1;
    else if (byte === CLOSE_BRACKET && this.outer === 1) this.outer = 0;
    else throw new ExportFailure({ kind: 'not_json', file: this.file });
  }

  private inside(chunk: Uint8Array, at: number): void {
    const byte = chunk[at]!;
    if (this.inString) {
      if (this.isEscaped) this.isEscaped = false;
      else if (byte === BACKSLASH) this.isEscaped = true;
      else if (byte === QUOTE) this.inString = false;
    } else if (byte === QUOTE) this.inString = true;
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) this.depth += 1;
    else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      this.depth -= 1;
      if (this.depth === 0) this.finish(chunk.subarray(this.startAt, at + 1));
    }
  }

  private keep(part: Uint8Array): void {
    this.keptBytes += part.length;
    if (this.keptBytes > MAX_ENTRY_BYTES) throw new ExportFailure({ kind: 'too_large', file: this.file });
    this.kept.push(part.slice());
  }

  private finish(last: Uint8Array): void {
    const decoder = new TextDecoder();
    const text = this.kept.map((part) => decoder.decode(part, { stream: true })).join('') + decoder.decode(last);
    this.kept = [];
    this.keptBytes = 0;
    this.startAt = -1;
    this.entries += 1;
    this.onEntry(this.parse(text));
  }

  private parse(text: string): unknown {
    try {
      return JSON.parse(text);
    } catch (thrown) {
      const detail = thrown instanceof Error ? thrown.message : String(thrown);
      throw new ExportFailure({ kind: 'broken_json', file: this.file, entry: this.entries, detail });
    }
  }
}
