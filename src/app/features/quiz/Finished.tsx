import { Trans, useTranslation } from '../../i18n';
import { useApp, useSlice } from '../../store/context';
import { routeHref } from '../../store/route';
import { Button, EmptyState, Page, Section, TextLink } from '../../ui';
import { TasteBars } from '../../widgets/TasteBars';
import { TasteWords } from '../../widgets/TasteWords';
import { tasteAxes } from '../../words/taste-profile';
import styles from './quiz.module.css';
import { ROUND_LENGTH, type QuizSession } from './session';

/** The profile so far, and where to go from here. */
export function Finished({ session, isExhausted }: { readonly session: QuizSession; readonly isExhausted: boolean }) {
  const { t } = useTranslation();
  const app = useApp();
  const adaptation = useSlice(app.memory, (state) => state.adaptation);
  const made = useSlice(session, (state) => state.made.length);
  const hasModel = useSlice(app.pool, (state) => state.models.length > 0);
  const axes = adaptation && tasteAxes(adaptation);
  if (!adaptation || !axes || adaptation.appliedCount === 0) {
    return (
      <EmptyState title={t('Nothing learned yet')} actions={<Button onClick={() => void session.goOn()}>{t('Back to the pairs')}</Button>}>
        {t('A few picks are enough to begin with.')}
      </EmptyState>
    );
  }
  return (
    <Page title={t('Your taste so far')} lead={isExhausted ? t('You have seen every pair there is. From here on it learns from your chats.') : t('From {{count}} picks. It goes on learning while you chat, and you can change your mind at any time.', { count: adaptation.appliedCount })}>
      <TasteWords axes={axes} />
      <div className={styles.finishActions}>
        <Button variant="primary" onClick={() => app.route.go('chat')}>
          {t('Start chatting')}
        </Button>
        {!hasModel && <Button onClick={() => app.route.go('models')}>{t('Connect a model')}</Button>}
        {!isExhausted && <Button onClick={() => void session.goOn()}>{made >= ROUND_LENGTH ? t('Ten more pairs') : t('Go on picking')}</Button>}
      </div>
      <Section title={t('In detail')} hint={t('Right: more of it. Left: less. The soft band is what it is not sure of.')}>
        <TasteBars state={adaptation} />
        <p className={styles.faint}>
          <Trans i18nKey="Every pick is kept in <0>Memory</0>, where you can take any of them back." components={[<TextLink key="memory" href={routeHref('memory')} />]} />
        </p>
      </Section>
    </Page>
  );
}
