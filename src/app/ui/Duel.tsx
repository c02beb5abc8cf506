import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { keyAction } from '../keys';
import { Button } from './Button';
import { Kbd } from './Card';
import { cx } from './cx';
import styles from './Duel.module.css';

export type DuelPick = 'left' | 'right' | 'tie' | 'both_bad';

export interface DuelSide {
  /** Blind: "Left"; revealed: the model's name. */
  readonly title: ReactNode;
  readonly body: ReactNode;
  readonly picked?: boolean;
}

export interface DuelProps {
  readonly left: DuelSide;
  readonly right: DuelSide;
  /** Null when there is nothing to pick (any more). */
  readonly onPick: ((pick: DuelPick) => void) | null;
  readonly onSkip?: (() => void) | undefined;
  /** Said instead of the buttons while the answers are not ready. */
  readonly waiting?: ReactNode;
  /** Takes 1, 2, 0 and B from the whole page, unless something is being typed. */
  readonly keyboard: boolean;
}

/** Two answers side by side, on a phone to swipe between, and the question which is better. */
export function Duel({ left, right, onPick, onSkip, waiting, keyboard }: DuelProps) {
  const { t } = useTranslation();
  usePickKeys(keyboard ? onPick : null);
  return (
    <div className={styles.duel}>
      <div className={styles.sides} tabIndex={0} role="group" aria-label={t('Two answers')}>
        <Side side={left} name={t('Left answer')} />
        <Side side={right} name={t('Right answer')} />
      </div>
      {onPick && (
        <div className={styles.picks} role="group" aria-label={t('Which answer is better?')}>
          <Button className={styles.pick} onClick={() => onPick('left')}>
            <Kbd>1</Kbd> {t('Left is better')}
          </Button>
          <Button className={styles.pick} onClick={() => onPick('tie')}>
            <Kbd>0</Kbd> {t('Equally good')}
          </Button>
          <Button className={styles.pick} onClick={() => onPick('both_bad')}>
            <Kbd>B</Kbd> {t('Both bad')}
          </Button>
          <Button className={styles.pick} onClick={() => onPick('right')}>
            <Kbd>2</Kbd> {t('Right is better')}
          </Button>
        </div>
      )}
      {!onPick && waiting && <p className={styles.waiting}>{waiting}</p>}
      {onSkip && (
        <button type="button" className={styles.skip} onClick={onSkip}>
          {t('Skip this comparison')}
        </button>
      )}
    </div>
  );
}

function Side({ side, name }: { readonly side: DuelSide; readonly name: string }) {
  return (
    <section className={cx(styles.side, side.picked && styles.picked)} aria-label={name}>
      <header className={styles.title}>{side.title}</header>
      {side.body}
    </section>
  );
}

const PICKS: readonly DuelPick[] = ['left', 'right', 'tie', 'both_bad'];

function usePickKeys(onPick: ((pick: DuelPick) => void) | null): void {
  useEffect(() => {
    if (!onPick) return;
    const onKeyDown = (event: KeyboardEvent) => {
      const pick = keyAction(event, PICKS);
      if (pick === null || event.repeat || isInOverlay(event.target)) return;
      event.preventDefault();
      onPick(pick);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [onPick]);
}

function isInOverlay(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('[role="menu"] *, [role="dialog"] *');
}
