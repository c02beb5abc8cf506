import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** One sentence that the source asks to have translated. */
export interface FoundKey {
  readonly key: string;
  /** Said with a `count`, so that it needs a singular. */
  readonly counted: boolean;
  readonly place: string;
}

export interface Extraction {
  readonly keys: readonly FoundKey[];
  /** Uses that no test could follow: keys put together at run time, words said at import. */
  readonly problems: readonly string[];
}

/** Functions that take a sentence as their first argument; see src/app/i18n and src/core/phrase.ts. */
const SAYING = new Set(['t', 'phrase', 'mark']);

/** Every key in the TypeScript files below a folder, tests left out. */
export function extractFolder(folder: string): Extraction {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name) && !/\.test\.|(^|\/)testing\//.test(name));
  const found = files.map((name) => extractKeys(name, readFileSync(join(folder, name), 'utf8')));
  return { keys: found.flatMap(({ keys }) => keys), problems: found.flatMap(({ problems }) => problems) };
}

export function extractKeys(name: string, text: string): Extraction {
  const keys: FoundKey[] = [];
  const problems: string[] = [];
  if (!/\b(t|phrase|mark)\(|i18nKey/.test(text)) return { keys, problems };
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true, name.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS);

  const placeOf = (node: ts.Node) => `${name}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
  const add = (node: ts.Expression, counted: boolean) => {
    const literals = literalsOf(node);
    if (literals === null) problems.push(`${placeOf(node)}: a key that is put together at run time cannot be translated; use {{params}}`);
    for (const key of literals ?? []) keys.push({ key, counted, place: placeOf(node) });
  };
  const visit = (node: ts.Node, inFunction: boolean): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && SAYING.has(node.expression.text)) {
      const [first, options] = node.arguments;
      if (first) add(first, options !== undefined && hasCount(options));
      if (node.expression.text === 't' && !inFunction) problems.push(`${placeOf(node)}: t() at import says it in one language for good; use mark() here and t() where it is shown`);
    }
    if (ts.isJsxAttribute(node) && node.name.getText() === 'i18nKey' && node.initializer) {
      const counted = node.parent.properties.some((property) => ts.isJsxAttribute(property) && property.name.getText() === 'count');
      const value = ts.isJsxExpression(node.initializer) ? node.initializer.expression : node.initializer;
      if (value) add(value as ts.Expression, counted);
    }
    ts.forEachChild(node, (child) => visit(child, inFunction || ts.isFunctionLike(node)));
  };
  visit(source, false);
  return { keys, problems };
}

/** The sentences an expression can be; empty for a variable (its words are marked elsewhere), null for one glued together. */
function literalsOf(node: ts.Expression): readonly string[] | null {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isParenthesizedExpression(node)) return literalsOf(node.expression);
  if (ts.isConditionalExpression(node)) {
    const [yes, no] = [literalsOf(node.whenTrue), literalsOf(node.whenFalse)];
    return yes === null || no === null ? null : [...yes, ...no];
  }
  if (ts.isTemplateExpression(node) || ts.isBinaryExpression(node)) return null;
  return [];
}

function hasCount(options: ts.Expression): boolean {
  return ts.isObjectLiteralExpression(options) && options.properties.some((property) => property.name?.getText() === 'count');
}

/** `{{params}}` and `<0>` tags of a sentence, sorted. */
export function placeholders(sentence: string): readonly string[] {
  return [...sentence.matchAll(/\{\{\s*(\w+)[^}]*\}\}|<\/?\w+\/?>/g)].map(([whole, param]) => param ?? whole).toSorted();
}
