/**
 * Readers for pieces of other apps' formats, which nobody promises to keep: what is missing or odd becomes null, never an error.
 */
export function asRecord(value: unknown): Readonly<Record<string, unknown>> | null {
  return isRecord(value) ? value : null;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function asText(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** Text that says something. */
export function asName(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The objects of a list; anything else in it is left out. */
export function asRecords(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return asList(value)
    .map(asRecord)
    .filter((item) => item !== null);
}

const SECONDS_BELOW = 1e11;
const LATEST = Date.UTC(2100, 0);

/** A moment in milliseconds from seconds, milliseconds, nanoseconds or ISO 8601, as exports have them; null when it makes no sense. */
export function asTime(value: unknown): number | null {
  if (typeof value === 'string' && value.trim() !== '') return plausible(/^\d+(\.\d+)?$/.test(value) ? fromNumber(Number(value)) : Date.parse(value));
  return typeof value === 'number' ? plausible(fromNumber(value)) : null;
}

function fromNumber(value: number): number {
  if (value < SECONDS_BELOW) return Math.round(value * 1000);
  return value > 1e17 ? Math.round(value / 1e6) : Math.round(value);
}

function plausible(time: number): number | null {
  return Number.isFinite(time) && time > 0 && time < LATEST ? time : null;
}

/** Text in a fence longer than any inside it. */
export function fenced(text: string, language = ''): string {
  const longest = Math.max(2, ...[...text.matchAll(/`{3,}/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text.replace(/\n$/, '')}\n${fence}`;
}

/** An attached text file, readable where the other app showed a chip. */
export function attachedText(name: string | null, text: string): string {
  return `${name ?? 'Attachment'}:\n\n${fenced(text)}`;
}

/** Pieces of a message, empty ones left out. */
export function paragraphs(parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null && part.trim() !== '').join('\n\n');
}
