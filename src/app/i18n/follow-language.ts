import type { App } from '../store/app';
import { changeLanguage, currentLanguage } from './i18n';

/** The page's root element and the browser's wishes, so that tests need none. */
export interface LanguagePlace {
  /** The browser's languages, most wanted first. */
  readonly systemLanguages: () => readonly string[];
  /** Puts the language on `<html lang>`. */
  readonly declare: (language: string) => void;
}

/**
 * Sets the stored language before anything is shown, then follows the setting. Resolves when the first language is in place; one whose words cannot be
 * fetched leaves English.
 */
export async function followLanguage({ settings, platform }: Pick<App, 'settings' | 'platform'>, place: LanguagePlace): Promise<void> {
  const apply = async (choice: string) => {
    try {
      await changeLanguage(choice, place.systemLanguages());
    } catch (thrown) {
      console.warn('The language could not be loaded', thrown);
    }
    place.declare(currentLanguage());
  };
  let shown = await platform.storage.settings.get('language').catch(() => 'system');
  await apply(shown);
  settings.store.subscribe((state, before) => {
    if (state.language === before.language || state.language === shown) return;
    shown = state.language;
    void apply(shown);
  });
}
