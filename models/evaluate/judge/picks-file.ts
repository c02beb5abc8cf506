import * as v from 'valibot';
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { DataError } from '../files';

/**
 * One line of a picks file: an LLM, playing a written person, saw every candidate's response to a prompt twice, in a shuffled order and in the
 * reverse of it.
 */
const PickRow = v.object({
  user_id: v.string(),
  prompt_id: v.string(),
  /** LLM ids whose responses were shown, in the first order. */
  candidates: v.pipe(v.array(v.string()), v.minLength(2)),
  /** What was chosen in the first and in the reversed order; null when the answer named no candidate. */
  first: v.nullable(v.string()),
  second: v.nullable(v.string()),
  /** The choice when both orders agree, else null. */
  chosen: v.nullable(v.string()),
  consistent: v.boolean(),
  model: v.string(),
  seed: v.number(),
});
export type PickRow = v.InferOutput<typeof PickRow>;

export const pickKey = ({ user_id, prompt_id }: Pick<PickRow, 'user_id' | 'prompt_id'>) => `${user_id}\n${prompt_id}`;

/**
 * Rows of a picks file; of several for one person and prompt the last counts. A last line that was cut off when the judge was stopped is left out.
 * @throws DataError naming the line that is wrong
 */
export function readPicks(path: string): PickRow[] {
  if (!existsSync(path)) throw new DataError(`${path} is missing`);
  const lines = readFileSync(path, 'utf8').split('\n');
  const rows = new Map<string, PickRow>();
  lines.forEach((line, index) => {
    if (line.trim() === '') return;
    const row = parseLine(line);
    if (row === null && index === lines.length - 1) return;
    if (row === null) throw new DataError(`${path}: line ${index + 1} is not a pick`);
    rows.set(pickKey(row), row);
  });
  return [...rows.values()];
}

function parseLine(line: string): PickRow | null {
  try {
    const parsed = v.safeParse(PickRow, JSON.parse(line));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}

/** Appended line by line: what was paid for is never lost. */
export function appendPick(path: string, row: PickRow): void {
  appendFileSync(path, `${JSON.stringify(row)}\n`);
}

/** The keys of what was judged already; a last line that was cut off is removed, so that the next one starts afresh. */
export function resumePicks(path: string): Set<string> {
  if (!existsSync(path)) return new Set();
  const text = readFileSync(path, 'utf8');
  const last = text.slice(text.lastIndexOf('\n') + 1);
  if (last !== '') writeFileSync(path, parseLine(last) === null ? text.slice(0, text.length - last.length) : `${text}\n`);
  return new Set(readPicks(path).map(pickKey));
}
