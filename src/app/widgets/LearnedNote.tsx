import { useTranslation } from 'react-i18next';
import { listedText } from '../i18n';
import { useApp, useSlice } from '../store/context';
import { routeHref } from '../store/route';
import type { Reveal } from '../store/chat';
import { Logo } from '../ui';
import styles from './widgets.module.css';

/** "Learned: shorter answers, cheaper models. Undo · Memory". */
export function LearnedNote({ reveal }: { readonly reveal: Reveal }) {
  const app = useApp();
  const { t } = useTranslation();
  const undone = useSlice(app.memory, (state) => state.log.find((pair) => pair.id === reveal.preferenceId)?.undoneAt !== null);
  const words = listedText(reveal.changes.map((change) => change.words));
  if (undone) {
    return (
      <p className={styles.learned} role="status">
        {t('This pick no longer counts.')}{' '}
        <button type="button" className={styles.inlineButton} onClick={() => void app.memory.redo(reveal.preferenceId)}>
          {t('Let it count again')}
        </button>
      </p>
    );
  }
  return (
    <p className={styles.learned} role="status">
      <Logo size={16} />
      <span>
        {words ? t('Noted: you want {{words}}.', { words }) : t('Noted.')}{' '}
        <button type="button" className={styles.inlineButton} onClick={() => void app.memory.undo(reveal.preferenceId)}>
          {t('Undo')}
        </button>{' '}
        <a href={routeHref('memory', reveal.preferenceId)}>{t('Memory')}</a>
      </span>
    </p>
  );
}
