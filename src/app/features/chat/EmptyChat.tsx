import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useApp, useSlice } from '../../store/context';
import { routeHref } from '../../store/route';
import { Ranking } from '../../widgets/Ranking';
import styles from './empty.module.css';

const Examples = lazy(() => import('./Examples'));

const SHOWN_RANKS = 5;

/** What a new chat shows: one line, ways to begin, and what to set up first. */
export function EmptyChat({ isMissing }: { readonly isMissing: boolean }) {
  const app = useApp();
  const { t } = useTranslation();
  const poolLoaded = useSlice(app.pool, (state) => state.loaded);
  const hasModel = useSlice(app.pool, (state) => state.models.length > 0);
  const hasText = useSlice(app.composer, (state) => state.text.trim() !== '');
  return (
    <div className={styles.empty}>
      <div className={styles.inner}>
        <h1 className={styles.title}>{isMissing ? t('This chat is not on this device') : t('What is on your mind?')}</h1>
        <p className={styles.lead}>
          {isMissing ? t('It may have been deleted. You can begin a new one here.') : t('Each prompt goes to the model you will like best. Tacit learns which that is, here on your device.')}
        </p>
        {poolLoaded && !hasModel && hasText ? <WouldAsk /> : <Suspense>{<Examples />}</Suspense>}
        {poolLoaded && !(hasText && !hasModel) && <FirstSteps hasModel={hasModel} />}
      </div>
    </div>
  );
}

/** Without a model the ranking follows the typing. */
function WouldAsk() {
  const { t } = useTranslation();
  const preview = useSlice(useApp().composer, (state) => state.preview);
  if (preview.kind !== 'decided') return <p className={styles.note}>{t('Ranking the models people use for this prompt…')}</p>;
  return (
    <section className={styles.ranking} aria-label={t('Models Tacit would ask')}>
      <h2 className={styles.rankingTitle}>{t('Tacit would ask')}</h2>
      <Ranking decision={preview.decision} count={SHOWN_RANKS} />
    </section>
  );
}

function FirstSteps({ hasModel }: { readonly hasModel: boolean }) {
  const app = useApp();
  const { t } = useTranslation();
  const quiz = useSlice(app.settings, (state) => state.quiz);
  const hasPicks = useSlice(app.memory, (state) => state.log.length > 0);
  const offersQuiz = quiz.completedAt === null && quiz.skippedAt === null && !hasPicks;
  if (hasModel && !offersQuiz) return null;
  return (
    <ul className={styles.steps}>
      {offersQuiz && (
        <li>
          <a className={styles.step} href={routeHref('taste')}>
            <strong>{t('Show it your taste')}</strong>
            <span>{t('Ten quick picks between answers. No model needed.')}</span>
          </a>
        </li>
      )}
      {!hasModel && (
        <li>
          <a className={styles.step} href={routeHref('models')}>
            <strong>{t('Connect a model')}</strong>
            <span>{t('Your own key, or a model on your machine. Without one you see the ranking.')}</span>
          </a>
        </li>
      )}
    </ul>
  );
}
