import { Undo2 } from 'lucide-react';
import { t, useTranslation } from '../../i18n';
import { Button, Logo, Spinner } from '../../ui';
import { listText } from '../../words/taste-profile';
import styles from './quiz.module.css';
import type { MadePick, QuizSession } from './session';

/** What the last pick taught, with its undo. Takes its room from the start, so that nothing jumps. */
export function Learned({ session, last }: { readonly session: QuizSession; readonly last: MadePick | null }) {
  const { t } = useTranslation();
  return (
    <div className={styles.learned}>
      <p role="status" key={last?.preferenceId} className={last ? styles.learnedText : styles.faint}>
        {last && (last.changes === null ? <Spinner size={14} /> : <Logo size={16} />)}
        {last ? learnedText(last) : t('After each pick you see here what was learned from it.')}
      </p>
      {last && (
        <Button size="sm" variant="quiet" icon={<Undo2 size={15} aria-hidden />} onClick={() => void session.undo()}>
          {t('Undo')}
        </Button>
      )}
    </div>
  );
}

function learnedText({ pick, changes }: MadePick): string {
  if (changes === null) return t('Learning from your pick');
  const words = listText(changes.map((change) => change.words));
  if (pick === 'tie') return t('Noted: what sets these two apart matters little to you.');
  if (pick === 'both_bad') return words ? t('Noted: neither is good enough. A little towards {{words}}.', { words }) : t('Noted: neither is good enough.');
  return words ? t('Learned: {{words}}.', { words }) : t('Noted.');
}
