/**
 * Words in the user's language. English text is the key; its Chinese goes into `zh/<area>.ts`, and scripts/i18n.test.ts sees that none is missing.
 *
 * - In a component: `const { t } = useTranslation(); t('Stop'); t('Options for {{title}}', { title })`.
 * - With markup: `<Trans i18nKey="See <0>Models</0>" components={[<TextLink key="models" href="…" />]} />`.
 * - With a number: `t('{{count}} picks', { count })`, and `'{{count}} picks_one': '{{count}} pick'` in `en/<area>.ts`.
 * - Outside React: `t` from here, called when the words are needed; never at import.
 * - In a table of constants: `label: mark('Quality')` (core/phrase.ts), said later by `t(label)`.
 * - In a layer below the app: `phrase('{{name}} has no credit left.', { name })`, said later by `translate(phrase)`.
 */
export { Trans, useTranslation } from 'react-i18next';
export { dateText, joinedText, listedText, numberText, textOf } from './format';
export { currentLanguage, LANGUAGES, t, translate } from './i18n';
