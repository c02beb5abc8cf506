import { lazy, Suspense, useEffect, type ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { TEMPORARY_ID, type Turn } from '../../../core/conversation';
import { keyAction } from '../../keys';
import { useApp, useSlice } from '../../store/context';
import { watchPreview } from '../../use-cases/preview-route';
import { Spinner } from '../../ui';
import styles from './chat.module.css';
import { ChatHeader } from './ChatHeader';
import { Composer } from './Composer';
import { EmptyChat } from './EmptyChat';
import { StorageNotice } from './StorageNotice';

/** A new chat needs none of it. */
const Thread = lazy(() => import('./Thread').then((module) => ({ default: module.Thread })));

const TemporaryNotice = lazy(() => import('./Temporary').then((module) => ({ default: module.TemporaryNotice })));

export interface ChatViewProps {
  /** How a turn with two answers is shown; features do not know one another. */
  readonly comparison: ComponentType<{ readonly turn: Turn }>;
}

export default function ChatView({ comparison }: ChatViewProps) {
  const app = useApp();
  const conversationId = useSlice(app.route, (route) => route.argument);
  const phase = useSlice(app.chat, (state) => state.phase);
  const isEmpty = useSlice(app.chat, (state) => state.turns.length === 0);
  const isTemporary = useSlice(app.chat, (state) => state.conversationId === TEMPORARY_ID);
  const loaded = useSlice(app.conversations, (state) => state.loaded);

  useEffect(() => {
    if (!loaded) return;
    void app.chat.open(conversationId);
    void app.composer.open(conversationId);
  }, [app, conversationId, loaded]);
  useEffect(() => watchPreview(app), [app]);
  useStopKey();

  return (
    <div className={styles.chat} data-temporary={isTemporary || undefined}>
      <ChatHeader />
      <Suspense>{isTemporary && <TemporaryNotice />}</Suspense>
      {phase === 'loading' && <Opening />}
      {phase === 'ready' && (isEmpty ? <EmptyChat isMissing={conversationId !== null && !isTemporary && loaded} /> : (
        <Suspense fallback={<Opening />}>
          <Thread comparison={comparison} />
        </Suspense>
      ))}
      <Progress />
      <StorageNotice />
      <Composer />
    </div>
  );
}

function Opening() {
  const { t } = useTranslation();
  return (
    <div className={styles.opening}>
      <Spinner label={t('Opening the chat')} />
    </div>
  );
}

/** Tells screen readers what the eye sees happen. */
function Progress() {
  const app = useApp();
  const { t } = useTranslation();
  const choosing = useSlice(app.chat, (state) => state.choosing);
  const isRunning = useSlice(app.chat, (state) => state.runningIds.length > 0);
  return (
    <p className="visually-hidden" role="status">
      {choosing ? t('Choosing a model') : isRunning ? t('The answer is being written') : ''}
    </p>
  );
}

/** Esc stops what is being received. */
function useStopKey(): void {
  const app = useApp();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (keyAction(event, ['stop']) === null || event.defaultPrevented || document.querySelector('[role="dialog"], [role="menu"]')) return;
      app.chat.store.getState().turns.forEach((turn) => app.chat.stop(turn));
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [app]);
}
