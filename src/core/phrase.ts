/**
 * Words for a person, said by code that knows no language: the English sentence is the key, and what varies goes in as params, so that the
 * app can say it in the user's language where it is shown. `{{name}}` marks a param.
 */
export interface Phrase {
  readonly text: string;
  readonly params: Readonly<Record<string, string | number | Phrase>>;
}

/** A sentence of this app's; or somebody else's words (a server's, the browser's, the user's), which stay as they are. */
export type Words = string | Phrase;

/** A sentence with its params. The literal is found by the test that keeps the dictionaries complete. */
export function phrase(text: string, params: Phrase['params'] = {}): Phrase {
  return { text, params };
}

/** Marks a literal in a table of words as one to be translated where it is shown; returns it unchanged. */
export function mark<const Text extends string>(text: Text): Text {
  return text;
}

/** One after another on the same line, as the language sets them. */
export function sentences(first: Phrase, ...rest: readonly (Phrase | null)[]): Phrase {
  return rest.filter((next) => next !== null).reduce((before, next) => phrase('{{before}} {{next}}', { before, next }), first);
}

/** One below another. */
export function lines(first: Phrase, ...rest: readonly Phrase[]): Phrase {
  return rest.reduce((before, next) => phrase('{{before}}\n{{next}}', { before, next }), first);
}

/** The words in English. */
export function english(words: Words): string {
  if (typeof words === 'string') return words;
  const { text, params } = words;
  return text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => {
    const value = params[name];
    if (value === undefined) return whole;
    return typeof value === 'object' ? english(value) : String(value);
  });
}
