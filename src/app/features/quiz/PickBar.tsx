import type { ReactNode } from 'react';
import { mark } from '../../../core/phrase';
import { useTranslation } from '../../i18n';
import { Button, Kbd } from '../../ui';
import styles from './quiz.module.css';
import type { QuizPick, QuizSession } from './session';

const CHOICES: readonly { readonly pick: QuizPick; readonly key: string; readonly label: string; readonly className: string | undefined }[] = [
  { pick: 'left', key: '1', label: mark('Left is better'), className: styles.pickLeft },
  { pick: 'tie', key: '0', label: mark('Tie'), className: styles.pickTie },
  { pick: 'both_bad', key: 'B', label: mark('Both bad'), className: styles.pickBad },
  { pick: 'right', key: '2', label: mark('Right is better'), className: styles.pickRight },
];

/** Sticks to the lower edge, so that a long answer never hides it. */
export function PickBar({ session, isBusy }: { readonly session: QuizSession; readonly isBusy: boolean }) {
  const { t } = useTranslation();
  return (
    <div className={styles.picks} role="group" aria-label={t('Which answer is better?')}>
      {CHOICES.map(({ pick, key, label, className }) => (
        <Choice key={key} hint={key} className={className} isBusy={isBusy} onClick={() => void session.pick(pick)}>
          {t(label)}
        </Choice>
      ))}
      <Choice hint="S" className={styles.pickSkip} isBusy={isBusy} onClick={() => void session.skip()} isQuiet>
        {t('Skip')}
      </Choice>
    </div>
  );
}

interface ChoiceProps {
  readonly hint: string;
  readonly className: string | undefined;
  readonly isBusy: boolean;
  readonly isQuiet?: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

/** `aria-disabled` instead of `disabled`: the button keeps the focus while a pick is learned. */
function Choice({ hint, className, isBusy, isQuiet = false, onClick, children }: ChoiceProps) {
  return (
    <Button className={className} variant={isQuiet ? 'quiet' : 'secondary'} aria-disabled={isBusy} aria-keyshortcuts={hint} onClick={onClick}>
      <Kbd>{hint}</Kbd> {children}
    </Button>
  );
}
