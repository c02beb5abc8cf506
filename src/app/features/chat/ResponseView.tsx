import { ChevronLeft, ChevronRight, CirclePlay, RotateCcw, Square, ThumbsDown, ThumbsUp } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { TEMPORARY_ID, type ModelResponse, type Turn } from '../../../core/conversation';
import { useApp } from '../../store/context';
import { Button, IconButton, Logo, toast } from '../../ui';
import { canContinue, continueResponse } from '../../use-cases/continue-response';
import { rateResponse } from '../../use-cases/rate-response';
import { regenerate, showResponse } from '../../use-cases/regenerate';
import { ResponseBody } from '../../widgets/ResponseBody';
import { ResponseFacts } from '../../widgets/ResponseFacts';
import { InsteadOffer, StandInNote, useNextBest } from '../../widgets/StandIn';
import { WhyPopover } from '../../widgets/WhyPopover';
import { closeCall } from '../../../core/certainty';
import { thrownText } from '../../words/thrown-text';
import styles from './chat.module.css';
import { CopyButton } from './CopyButton';
import { ModelMenu } from './ModelMenu';

/** Failures that a look at the connection puts right. */
const NEEDS_SETUP: ReadonlySet<string> = new Set(['wrong_key', 'no_credit', 'model_missing', 'model_gone', 'cors_or_network', 'unreachable']);

export interface ResponseViewProps {
  readonly turn: Turn;
  readonly response: ModelResponse;
  readonly isLast: boolean;
}

/** One answer: which model and why, the text, and what can be done with it. */
export function ResponseView({ turn, response, isLast }: ResponseViewProps) {
  const app = useApp();
  const { t } = useTranslation();
  const isStreaming = response.status === 'streaming';
  const again = (modelId: string) => void regenerate(app, turn.id, modelId);
  const rival = turn.mode === 'auto' && response.modelId === turn.decision?.ranking[0]?.modelId ? closeCall(turn.decision) : null;
  const hasNotice = isLast && response.failure !== null;
  return (
    <article className={styles.response} aria-label={t('Answer of {{model}}', { model: response.modelName })}>
      <header className={styles.responseHead}>
        <Logo size={18} />
        <span className={styles.modelName}>{response.modelName}</span>
        {turn.mode === 'manual' && <span className={styles.headNote}>{t('chosen by you')}</span>}
        {turn.mode === 'pinned' && <span className={styles.headNote}>{t('this chat’s model')}</span>}
        {rival !== null && <span className={styles.headNote}>{t('unsure: {{model}} was as likely', { model: app.pool.nameOf(rival.modelId) })}</span>}
        <WhyPopover turn={turn} modelId={response.modelId} />
        {isStreaming && (
          <Button className={styles.stop} size="sm" icon={<Square size={12} fill="currentColor" />} onClick={() => app.chat.stop(turn)}>
            {t('Stop')}
          </Button>
        )}
      </header>
      <StandInNote turn={turn} response={response} />
      <ResponseBody
        response={response}
        waiting={t('Waiting for the first word')}
        failureActions={isLast && <FailureActions turn={turn} response={response} onRegenerate={again} />}
      />
      {!isStreaming && <ResponseActions turn={turn} response={response} onRegenerate={again} hasNotice={hasNotice} />}
    </article>
  );
}

interface FailureActionsProps {
  readonly turn: Turn;
  readonly response: ModelResponse;
  readonly onRegenerate: (modelId: string) => void;
}

/** One of them stands out: another model where Auto's choice failed, else to go on, else to try again. */
function FailureActions({ turn, response, onRegenerate }: FailureActionsProps) {
  const app = useApp();
  const { t } = useTranslation();
  const continues = canContinue(response);
  const isOffered = useNextBest(turn) !== null;
  return (
    <>
      <InsteadOffer turn={turn} />
      {response.failure && NEEDS_SETUP.has(response.failure.kind) && (
        <Button size="sm" onClick={() => app.route.go('models')}>
          {t('Open Models')}
        </Button>
      )}
      {continues && <ContinueButton turn={turn} response={response} isMain={!isOffered} />}
      <Button size="sm" variant={continues || isOffered ? 'secondary' : 'primary'} icon={<RotateCcw size={15} />} onClick={() => onRegenerate(response.modelId)}>
        {t('Try again')}
      </Button>
      <ModelMenu decision={turn.decision} onChoose={onRegenerate} trigger={<Button size="sm">{t('Another model')}</Button>} />
    </>
  );
}

function ContinueButton({ turn, response, isMain = true }: { readonly turn: Turn; readonly response: ModelResponse; readonly isMain?: boolean }) {
  const app = useApp();
  const { t } = useTranslation();
  return (
    <Button size="sm" variant={isMain ? 'primary' : 'secondary'} icon={<CirclePlay size={15} />} onClick={() => void continueResponse(app, turn.id, response.id)}>
      {t('Continue')}
    </Button>
  );
}

interface ActionsProps extends FailureActionsProps {
  /** The failure above offers to go on or to try again. */
  readonly hasNotice: boolean;
}

function ResponseActions({ turn, response, onRegenerate, hasNotice }: ActionsProps) {
  const { t } = useTranslation();
  const hasText = response.text !== '';
  return (
    <footer className={styles.actions}>
      {hasText && <CopyButton text={response.text} />}
      {hasText && turn.conversationId !== TEMPORARY_ID && <Thumbs turn={turn} />}
      {!hasNotice && (
        <ModelMenu
          decision={turn.decision}
          onChoose={onRegenerate}
          again={response.modelId}
          trigger={<IconButton label={t('Regenerate')} icon={<RotateCcw size={16} />} />}
        />
      )}
      {!hasNotice && canContinue(response) && <ContinueButton turn={turn} response={response} />}
      <AnswerPager turn={turn} />
      <ResponseFacts response={response} />
    </footer>
  );
}

function Thumbs({ turn }: { readonly turn: Turn }) {
  const app = useApp();
  const { t } = useTranslation();
  const rate = (thumb: 'up' | 'down') => {
    rateResponse(app, turn.id, thumb).catch((thrown: unknown) => {
      const reason = thrownText(thrown);
      toast(t('Your thumb is kept, but the router could not learn from it: {{reason}}', { reason }));
    });
  };
  return (
    <>
      <IconButton label={t('Good answer')} icon={<ThumbsUp size={16} />} pressed={turn.thumbs === 'up'} onClick={() => rate('up')} />
      <IconButton label={t('Bad answer')} icon={<ThumbsDown size={16} />} pressed={turn.thumbs === 'down'} onClick={() => rate('down')} />
    </>
  );
}

/** Steps through the answers a turn has. */
function AnswerPager({ turn }: { readonly turn: Turn }) {
  const app = useApp();
  const { t } = useTranslation();
  if (turn.responses.length < 2) return null;
  const index = turn.responses.findIndex((response) => response.id === turn.shownResponseId);
  const show = (next: number) => {
    const response = turn.responses[next];
    if (response) void showResponse(app, turn.id, response.id);
  };
  return (
    <span className={styles.pager}>
      <IconButton label={t('Earlier answer')} icon={<ChevronLeft size={16} />} disabled={index <= 0} onClick={() => show(index - 1)} />
      <span>{t('{{index}} of {{total}}', { index: index + 1, total: turn.responses.length })}</span>
      <IconButton label={t('Later answer')} icon={<ChevronRight size={16} />} disabled={index >= turn.responses.length - 1} onClick={() => show(index + 1)} />
    </span>
  );
}
