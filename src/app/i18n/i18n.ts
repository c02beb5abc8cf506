import { createInstance } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Words } from '../../core/phrase';
import { EN } from './en';
import { resolveLanguage, type Language, type LanguageChoice } from './language';

/** Missing in a language, or English: the key itself is the sentence. */
const i18n = createInstance();

void i18n.use(initReactI18next).init({
  lng: 'en' satisfies Language,
  fallbackLng: 'en' satisfies Language,
  resources: { en: { translation: EN } },
  keySeparator: false,
  nsSeparator: false,
  // React escapes; elsewhere the text is plain.
  interpolation: { escapeValue: false },
  react: { useSuspense: false },
  returnNull: false,
  initAsync: false,
  showSupportNotice: false,
});

/**
 * Says a sentence in the user's language, outside React too. Call it when the words are needed, never at import: a component that shows the result
 * also calls `useTranslation`, so that it renders again when the language changes.
 */
export function t(key: string, params: Readonly<Record<string, string | number>> = {}): string {
  return i18n.t(key, { ...params });
}

/** Says what a layer without a language has to say; what are not its own words stay as they are. */
export function translate(words: Words): string {
  if (typeof words === 'string') return words;
  const { text, params } = words;
  const said = Object.entries(params).map(([name, value]) => [name, typeof value === 'object' ? translate(value) : value] as const);
  return t(text, Object.fromEntries(said));
}

export function currentLanguage(): Language {
  return i18n.language === 'zh-CN' ? 'zh-CN' : 'en';
}

/** The languages the app can be read in, by their own names. */
export const LANGUAGES: readonly { readonly id: Language; readonly name: string }[] = [
  { id: 'en', name: 'English' },
  { id: 'zh-CN', name: '中文' },
];

/** Loads a language if needed and switches to it. Rejects, and stays in the language on screen, when its words cannot be fetched. */
export async function changeLanguage(choice: LanguageChoice | string, systemLanguages: readonly string[]): Promise<void> {
  const language = resolveLanguage(choice, systemLanguages);
  if (language === 'zh-CN' && !i18n.hasResourceBundle(language, 'translation')) {
    const { ZH } = await import('./zh');
    i18n.addResourceBundle(language, 'translation', ZH);
  }
  if (i18n.language !== language) await i18n.changeLanguage(language);
}
