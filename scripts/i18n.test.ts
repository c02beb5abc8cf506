import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EN } from '../src/app/i18n/en';
import { ZH, ZH_AREAS } from '../src/app/i18n/zh';
import { extractFolder, extractKeys, placeholders } from './extract-keys';

const { keys, problems } = extractFolder(join(import.meta.dirname, '../src'));
const sentences = new Set(keys.map(({ key }) => key));
const places = (missing: readonly { readonly key: string; readonly place: string }[]) => missing.map(({ key, place }) => `${place}: ${key}`);

describe('the dictionaries', () => {
  it('can follow every sentence of the source', () => {
    expect(problems).toEqual([]);
    expect(sentences.size).toBeGreaterThan(0);
  });

  it('have every sentence in Chinese', () => {
    expect(places(keys.filter(({ key }) => !Object.hasOwn(ZH, key)))).toEqual([]);
  });

  it('have an English singular for every sentence with a count', () => {
    expect(places(keys.filter(({ key, counted }) => counted && !Object.hasOwn(EN, `${key}_one`)))).toEqual([]);
  });

  it('have nothing that the source no longer says', () => {
    expect(Object.keys(ZH).filter((key) => !sentences.has(key))).toEqual([]);
    expect(Object.keys(EN).filter((key) => !sentences.has(key.replace(/_one$/, '')))).toEqual([]);
  });

  it('say a sentence in one place, so that it is said in one way', () => {
    const all = Object.values(ZH_AREAS).flatMap((area) => Object.keys(area));
    expect(all.filter((key, index) => all.indexOf(key) !== index)).toEqual([]);
  });

  it('keep params and tags', () => {
    const changed = Object.entries(ZH).filter(([key, said]) => placeholders(key).join() !== placeholders(said).join());
    expect(changed).toEqual([]);
    // A singular may say "one" for its count.
    const lost = Object.entries(EN).filter(([key, said]) => placeholders(said).some((name) => !placeholders(key).includes(name)));
    expect(lost).toEqual([]);
  });

  it('are in Chinese where they say to be', () => {
    const wordless = /^[\s\p{P}\p{S}\d]*$/u;
    const untranslated = Object.entries(ZH).filter(([key, said]) => said === key && /[a-z]{4}/.test(key.replaceAll(/\{\{.*?\}\}/g, '')) && !wordless.test(said));
    expect(untranslated).toEqual([]);
  });
});

describe('the extraction', () => {
  const found = (text: string) => extractKeys('a.tsx', text);

  it('finds literals, either side of a choice, marks, phrases and Trans', () => {
    const { keys } = found("const f = () => [t('A'), t(x ? 'B' : `C`), phrase('D {{n}}', { n }), <Trans i18nKey=\"E <0>x</0>\" />]; const g = mark('F');");
    expect(keys.map(({ key }) => key)).toEqual(['A', 'B', 'C', 'D {{n}}', 'E <0>x</0>', 'F']);
  });

  it('sees a count', () => {
    expect(found("const f = () => t('{{count}} picks', { count })").keys).toEqual([{ key: '{{count}} picks', counted: true, place: 'a.tsx:1' }]);
  });

  it('refuses what it cannot follow', () => {
    expect(found('const f = () => t(`A ${x}`)').problems).toHaveLength(1);
    expect(found("const label = t('A')").problems).toHaveLength(1);
    expect(found('const f = () => t(words.label)')).toEqual({ keys: [], problems: [] });
  });
});
