import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findUntranslated, findUntranslatedIn } from './find-untranslated';

/** English in the source that is meant to stay as it is, and why. */
const KEPT: Readonly<Record<string, readonly RegExp[]>> = {
  'said to a model or the router': [/continue-response\.ts: Your last message/, /name-chat\.ts: Write a title/, /engine-facts\.ts: How do I keep basil/],
  'names of things': [/Sidebar\.tsx: Tacit$/, /PreviewLine\.tsx: (Alt|Enter)$/, /import-words\.ts: Open WebUI$/, /sync-platform\.ts: Mac OS$/],
  'for a bug report or a developer': [/pwa\.ts: /, /^core\/(manifest|offline-evaluation)\.ts: /, /exchange\/model\.ts: /, /storage\/database\.ts: /, /^sw\//],
  'as stored: an export that does not name its model': [/message-tree\.ts: unknown model$/],
  'read by programs': [/: (id, \w+|Bearer …|Basic …|blob …\0|Windows NT|found … …|Authorization, .*)$/],
  'content, in English like the prompts and answers of the quiz': [/^content\//],
};

describe('what people read', () => {
  it('is given to the dictionaries, all of it', () => {
    const kept = Object.values(KEPT).flat();
    const found = findUntranslatedIn(join(import.meta.dirname, '../src'));
    expect(found.filter((line) => !kept.some((pattern) => pattern.test(line)))).toEqual([]);
    expect(kept.filter((pattern) => !found.some((line) => pattern.test(line)))).toEqual([]);
  });
});

describe('the search for English', () => {
  const found = (text: string) => findUntranslated('a.tsx', text);

  it('finds text in markup, labels and templates', () => {
    expect(found('const a = <p title="Left answer">Nothing here</p>;')).toEqual(['a.tsx: Left answer', 'a.tsx: Nothing here']);
    expect(found('const a = `${name} has no model of this name.`;')).toEqual(['a.tsx: … has no model of this name.']);
    expect(found('const a = <Section title="Storage" />;')).toEqual(['a.tsx: Storage']);
  });

  it('leaves keys, errors, class names and addresses alone', () => {
    expect(found("const a = [t('A sentence.'), phrase('Two words'), mark('Two words'), <p className=\"One Two\" key=\"One Two\" />, 'https://a.example/b', 'one-word'];")).toEqual([]);
    expect(found("throw new RangeError('Two words here');")).toEqual([]);
  });
});
