export type Language = 'en' | 'zh-CN';

/** What the user chose in Settings. */
export type LanguageChoice = 'system' | Language;

/** The language to show. For 'system': the first of the browser's languages that the app has, else English. */
export function resolveLanguage(choice: string, systemLanguages: readonly string[]): Language {
  const wanted = choice === 'system' ? systemLanguages : [choice];
  return wanted.map(supported).find((language) => language !== null) ?? 'en';
}

/** Readers of traditional characters get the simplified ones: closer to them than English. */
function supported(tag: string): Language | null {
  const [base = ''] = tag.toLowerCase().split('-');
  if (base === 'zh') return 'zh-CN';
  return base === 'en' ? 'en' : null;
}
