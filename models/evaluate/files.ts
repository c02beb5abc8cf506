import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** A readable complaint about the data folder; the command line prints it without a stack. */
export class DataError extends Error {
  override readonly name = 'DataError';
}

/** The folder does not have what is asked for: a protocol that needs it is left out, the others run. */
export class MissingFile extends DataError {}

function readText(path: string): string {
  const bytes = readFileSync(path);
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}

/** `name` or `name.gz` under `folder`, whichever exists; null when neither does. */
export function locate(folder: string, name: string): string | null {
  return [join(folder, name), join(folder, `${name}.gz`)].find((path) => existsSync(path)) ?? null;
}

function required(folder: string, name: string): string {
  const path = locate(folder, name);
  if (path === null) throw new MissingFile(`${join(folder, name)} (or .gz) is missing`);
  return path;
}

export function readJson(folder: string, name: string): unknown {
  const path = required(folder, name);
  try {
    return JSON.parse(readText(path));
  } catch (error) {
    throw new DataError(`${path} is not JSON: ${String(error)}`);
  }
}

export function readJsonLines(folder: string, name: string): unknown[] {
  const path = required(folder, name);
  return readText(path)
    .split('\n')
    .filter((line) => line !== '')
    .map((line, index) => {
      try {
        return JSON.parse(line) as unknown;
      } catch {
        throw new DataError(`${path}: line ${index + 1} is not JSON`);
      }
    });
}

/**
 * Rows of a CSV with a header and no quoted fields, which is how the data folder writes them. `wanted` sees the bare fields first: making
 * records of all of a large file takes most of the time of reading it.
 */
export function* readCsv(folder: string, name: string, wanted: (fields: readonly string[]) => boolean = () => true): Generator<Readonly<Record<string, string>>> {
  const [header, ...lines] = readText(required(folder, name)).split(/\r?\n/);
  const columns = (header ?? '').split(',');
  for (const line of lines) {
    if (line === '') continue;
    const cells = line.split(',');
    if (!wanted(cells)) continue;
    yield Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? '']));
  }
}
