import { useState } from 'react';
import { useTranslation } from '../../i18n';
import { useApp, useSlice } from '../../store/context';
import { Button, Duel, Page } from '../../ui';
import { TasteBars } from '../../widgets/TasteBars';
import { Answer } from './Answer';
import { Learned } from './Learned';
import { PickBar } from './PickBar';
import { usePickKeys } from './pick-keys';
import styles from './quiz.module.css';
import { ROUND_LENGTH, sidesOf, type QuizPhase, type QuizSession } from './session';

/** Picks from which stopping is offered as the main thing to do. */
const ENOUGH_PICKS = 8;

interface AskingProps {
  readonly session: QuizSession;
  readonly phase: Extract<QuizPhase, { kind: 'asking' | 'learning' }>;
}

export function Asking({ session, phase }: AskingProps) {
  const { t } = useTranslation();
  const { made } = useSlice(session, (state) => state);
  const { pair } = phase;
  const picked = phase.kind === 'learning' ? phase.pick : null;
  const { left, right } = sidesOf(pair);
  const isBusy = phase.kind === 'learning';
  const [expandedId, setExpandedId] = useState<string | null>(null);
  const answer = { isExpanded: expandedId === pair.id, onExpand: () => setExpandedId(pair.id) };
  usePickKeys(isBusy ? null : session);
  return (
    <Page title={t('Your taste')} lead={<span className={styles.lead}>{t('Pick the answer you would rather get. You do not see who wrote it.')}</span>} wide>
      <div className={styles.asking}>
        <div className={styles.top}>
          <Progress count={made.length} />
          <Stop session={session} count={made.length} />
        </div>
        <Learned session={session} last={made.at(-1) ?? null} />
        <blockquote className={styles.prompt} lang="en">{pair.prompt.prompt}</blockquote>
        <div key={pair.id} className={styles.arrive}>
          <Duel
            left={{ title: t('Left'), body: <Answer text={left.text} {...answer} />, picked: picked === 'left' }}
            right={{ title: t('Right'), body: <Answer text={right.text} {...answer} />, picked: picked === 'right' }}
            onPick={null}
            keyboard={false}
          />
        </div>
        <PickBar session={session} isBusy={isBusy} />
        <LiveProfile />
      </div>
    </Page>
  );
}

function Progress({ count }: { readonly count: number }) {
  const { t } = useTranslation();
  return (
    <div className={styles.progress} role="progressbar" aria-label={t('Picks in this round')} aria-valuemin={0} aria-valuemax={ROUND_LENGTH} aria-valuenow={count}>
      {Array.from({ length: ROUND_LENGTH }, (_, index) => (
        <i key={index} className={index < count ? styles.dotDone : styles.dot} />
      ))}
      <span className={styles.count}>{count < ENOUGH_PICKS ? t('{{made}} of about {{all}}', { made: count, all: ROUND_LENGTH }) : t('Enough to go by')}</span>
    </div>
  );
}

function Stop({ session, count }: { readonly session: QuizSession; readonly count: number }) {
  const { t } = useTranslation();
  const app = useApp();
  const leave = () => {
    const { quiz } = app.settings.store.getState();
    void app.settings.set('quiz', { ...quiz, skippedAt: app.platform.clock.now() });
    app.route.go('chat');
  };
  if (count === 0) {
    return (
      <Button variant="quiet" onClick={leave}>
        {t('Not now')}
      </Button>
    );
  }
  return (
    <Button className={styles.stop} variant={count >= ENOUGH_PICKS ? 'primary' : 'secondary'} onClick={session.finish}>
      {t('See my profile')}
    </Button>
  );
}

function LiveProfile() {
  const { t } = useTranslation();
  const adaptation = useSlice(useApp().memory, (state) => state.adaptation);
  if (!adaptation) return null;
  return (
    <section className={styles.profile} aria-label={t('What is known of your taste')}>
      <header className={styles.profileHead}>
        <h2 className={styles.profileTitle}>{t('What it knows of your taste')}</h2>
        <span className={styles.faint}>{t('Right: more of it. Left: less. The soft band is what it is not sure of.')}</span>
      </header>
      <TasteBars state={adaptation} compact />
    </section>
  );
}
