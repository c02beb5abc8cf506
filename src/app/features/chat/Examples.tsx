import { useTranslation } from 'react-i18next';
import { EXAMPLE_PROMPTS } from '../../../content/example-prompts';
import { useApp } from '../../store/context';
import { COMPOSER_ID } from './Composer';
import styles from './empty.module.css';

const SHOWN = 6;

/** Starters: they fill the box and are not sent. */
export default function Examples() {
  const app = useApp();
  const { t } = useTranslation();
  const use = (prompt: string) => {
    app.composer.setText(prompt);
    document.getElementById(COMPOSER_ID)?.focus();
  };
  return (
    <ul className={styles.examples} aria-label={t('Example prompts')}>
      {EXAMPLE_PROMPTS.slice(0, SHOWN).map((example) => (
        <li key={example.id}>
          <button type="button" className={styles.example} title={t(example.prompt)} onClick={() => use(t(example.prompt))}>
            {t(example.label)}
          </button>
        </li>
      ))}
    </ul>
  );
}
