import { currentLanguage, t } from './i18n';

/** "12,480" as the language writes it. */
export function numberText(value: number, options: Intl.NumberFormatOptions = {}): string {
  return new Intl.NumberFormat(currentLanguage(), options).format(value);
}

/** A moment (ms since 1970) on the user's clock, by default as a date. */
export function dateText(at: number, options: Intl.DateTimeFormatOptions = { dateStyle: 'medium' }): string {
  return new Intl.DateTimeFormat(currentLanguage(), options).format(at);
}

/** "a, b and c", "a、b和c". */
export function joinedText(items: readonly string[], type: Intl.ListFormatType = 'conjunction'): string {
  // British lists have no comma before "and"; the app's English has none either.
  const locale = currentLanguage() === 'en' ? 'en-GB' : currentLanguage();
  return new Intl.ListFormat(locale, { type }).format(items);
}

/** Sentences after one another, as the language sets them. */
export function textOf(...sentences: readonly (string | null)[]): string {
  return sentences.filter((sentence) => sentence !== null).reduce((before, next) => t('{{before}} {{next}}', { before, next }));
}

/** "a, b, c", "a、b、c": side by side, without a word between the last two. */
export function listedText(items: readonly string[]): string {
  return items.join(t(', '));
}
