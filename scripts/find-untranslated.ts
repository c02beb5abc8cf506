import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** Attributes and properties whose text a program reads, or that name a thing. */
const UNREAD = new Set(['className', 'style', 'id', 'key', 'name', 'type', 'href', 'src', 'rel', 'd', 'i18nKey', 'description', 'family', 'provider', 'repository']);

/** Calls whose first argument is a key of the dictionaries, or whose texts go to a developer or a machine. */
const KEYS = /^(t|phrase|mark)$/;
const UNREAD_CALLS = /^(console\.\w+|v\.\w+|cx|matchMedia|.*\.(querySelector(All)?|addEventListener|matches|closest|getContext))$/;

/** Two words or more, written as people write. */
const WRITTEN = /^[“"(… ]*[A-Za-z][a-z’']*[,:;]?( [“"(…]*[A-Za-z’'…]+[,:;.?!”")…]*)+/;
const SYMBOLS = /[{}<>=]|^[\w./-]+$/;

/** English that no dictionary can reach: neither a key of `t`, `phrase` or `mark`, nor words for developers. One line each, with its place. */
export function findUntranslated(name: string, text: string): readonly string[] {
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true, name.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
  const found: string[] = [];
  const take = (said: string) => {
    found.push(`${name}: ${said.trim().replaceAll(/\s+/g, ' ')}`);
  };
  const visit = (node: ts.Node): void => {
    if (isUnread(node)) return;
    if (ts.isCallExpression(node) && KEYS.test(node.expression.getText())) return node.arguments.slice(1).forEach(visit);
    if (ts.isJsxText(node) && /[A-Za-z]{2}/.test(node.text)) take(node.text);
    const said = writtenText(node);
    if (said !== null && isEnglish(said, node.parent)) take(said);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

export function findUntranslatedIn(folder: string): readonly string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file) && !/\.test\.|(^|\/)(testing|__fixtures__|i18n)\/|test-support/.test(file));
  return files.flatMap((file) => findUntranslated(file, readFileSync(join(folder, file), 'utf8')));
}

function isUnread(node: ts.Node): boolean {
  if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return true;
  if (ts.isCallExpression(node)) return UNREAD_CALLS.test(node.expression.getText());
  // An error that people are told of holds a phrase; the message of any other is for a bug report.
  if (ts.isNewExpression(node)) return node.expression.getText().endsWith('Error');
  return (ts.isJsxAttribute(node) || ts.isPropertyAssignment(node)) && UNREAD.has(node.name.getText());
}

/** The text of a literal, with `…` for what a template fills in. */
function writtenText(node: ts.Node): string | null {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node)) return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('…');
  return null;
}

function isEnglish(text: string, parent: ts.Node): boolean {
  // Of an attribute one word is enough: it is a label.
  if (ts.isJsxAttribute(parent) && /^[A-Z][a-z]+$/.test(text)) return true;
  return WRITTEN.test(text.trim()) && !SYMBOLS.test(text);
}
