import { useEffect } from 'react';
import type { App } from '../../store/app';
import { useTranslation } from '../../i18n';
import { useApp, useSlice } from '../../store/context';
import { Button, Page } from '../../ui';
import { Asking } from './Asking';
import { Finished } from './Finished';
import { Preparing } from './Preparing';
import { createQuizSession, type QuizSession } from './session';

/** A round survives a look at another view. */
const sessions = new WeakMap<App, QuizSession>();

function sessionOf(app: App): QuizSession {
  const known = sessions.get(app);
  if (known) return known;
  const session = createQuizSession(app);
  sessions.set(app, session);
  return session;
}

/** Show the router your taste: two answers, one pick, again. Needs no model and no network. */
export default function QuizView() {
  const { t } = useTranslation();
  const app = useApp();
  const session = sessionOf(app);
  const { phase } = useSlice(session, (state) => state);
  useEffect(() => void session.start(), [session]);
  switch (phase.kind) {
    case 'asking':
    case 'learning':
      return <Asking session={session} phase={phase} />;
    case 'finished':
    case 'exhausted':
      return <Finished session={session} isExhausted={phase.kind === 'exhausted'} />;
    case 'preparing':
    case 'failed':
      return (
        <Page title={t('Your taste')} lead={t('Two answers to the same prompt: pick the one you would rather get.')} actions={<SkipQuiz />} wide>
          <Preparing problem={phase.kind === 'failed' ? phase.detail : null} onRetry={() => void session.start()} />
        </Page>
      );
  }
}

/** For now, and never asked again. */
function SkipQuiz() {
  const { t } = useTranslation();
  const app = useApp();
  const skip = () => {
    const { quiz } = app.settings.store.getState();
    void app.settings.set('quiz', { ...quiz, skippedAt: app.platform.clock.now() });
    app.route.go('chat');
  };
  return (
    <Button variant="quiet" onClick={skip}>
      {t('Not now')}
    </Button>
  );
}
