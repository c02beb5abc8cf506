import { Check, ChevronLeft, ChevronRight, Copy, RotateCcw, Square, ThumbsDown, ThumbsUp } from 'lucide-react';
import { useState } from 'react';
import type { ModelResponse, Turn } from '../../../core/conversation';
import { useApp } from '../../store/context';
import { Button, IconButton, Logo, toast } from '../../ui';
import { rateResponse } from '../../use-cases/rate-response';
import { regenerate, showResponse } from '../../use-cases/regenerate';
import { ResponseBody } from '../../widgets/ResponseBody';
import { WhyPopover } from '../../widgets/WhyPopover';
import { costText, durationText } from '../../words/amounts';
import styles from './chat.module.css';
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
  const isStreaming = response.status === 'streaming';
  const again = (modelId: string) => void regenerate(app, turn.id, modelId);
  const failureActions = isLast && (
    <>
      {response.failure && NEEDS_SETUP.has(response.failure.kind) && (
        <Button size="sm" onClick={() => app.route.go('models')}>
          Open Models
        </Button>
      )}
      <Button size="sm" variant="primary" icon={<RotateCcw size={15} />} onClick={() => again(response.modelId)}>
        Try again
      </Button>
      <ModelMenu decision={turn.decision} onChoose={again} trigger={<Button size="sm">Another model</Button>} />
    </>
  );
  return (
    <article className={styles.response} aria-label={`Answer of ${response.modelName}`}>
      <header className={styles.responseHead}>
        <Logo size={18} />
        <span className={styles.modelName}>{response.modelName}</span>
        {turn.mode === 'manual' && <span className={styles.headNote}>chosen by you</span>}
        <WhyPopover turn={turn} modelId={response.modelId} />
        {isStreaming && (
          <Button className={styles.stop} size="sm" icon={<Square size={12} fill="currentColor" />} onClick={() => app.chat.stop(turn)}>
            Stop
          </Button>
        )}
      </header>
      {turn.mode === 'auto' && turn.decision === null && (
        <p className={styles.headNote}>The router was not ready in time, so your default model answered at once.</p>
      )}
      <ResponseBody response={response} waiting="Waiting for the first word" failureActions={failureActions} />
      {!isStreaming && <ResponseActions turn={turn} response={response} onRegenerate={again} offersAgain={!(isLast && response.failure)} />}
    </article>
  );
}

interface ActionsProps {
  readonly turn: Turn;
  readonly response: ModelResponse;
  readonly onRegenerate: (modelId: string) => void;
  /** False where the failure offers it already. */
  readonly offersAgain: boolean;
}

function ResponseActions({ turn, response, onRegenerate, offersAgain }: ActionsProps) {
  const hasText = response.text !== '';
  return (
    <footer className={styles.actions}>
      {hasText && <CopyButton text={response.text} />}
      {hasText && <Thumbs turn={turn} />}
      {offersAgain && (
        <ModelMenu
          decision={turn.decision}
          onChoose={onRegenerate}
          again={response.modelId}
          trigger={<IconButton label="Regenerate" icon={<RotateCcw size={16} />} />}
        />
      )}
      <AnswerPager turn={turn} />
      <span className={styles.meta}>{metaText(response)}</span>
    </footer>
  );
}

function metaText({ costUsd, usage, firstTokenAt, startedAt, finishedAt }: ModelResponse): string {
  const parts = [
    usage?.outputTokens != null ? `${usage.estimated ? '≈' : ''}${usage.outputTokens} tokens` : null,
    costUsd === null ? null : `${usage?.estimated ? '≈' : ''}${costText(costUsd)}`,
    firstTokenAt !== null && finishedAt !== null ? durationText(finishedAt - startedAt) : null,
  ];
  return parts.filter(Boolean).join(' · ');
}

function CopyButton({ text }: { readonly text: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      setTimeout(() => setCopied(false), 1600);
    } catch {
      toast('The browser did not allow copying. Select the text and copy it yourself.');
    }
  };
  return <IconButton label={copied ? 'Copied' : 'Copy'} icon={copied ? <Check size={16} /> : <Copy size={16} />} onClick={() => void copy()} />;
}

function Thumbs({ turn }: { readonly turn: Turn }) {
  const app = useApp();
  const rate = (thumb: 'up' | 'down') => {
    rateResponse(app, turn.id, thumb).catch((thrown: unknown) => {
      toast(`Your thumb is kept, but the router could not learn from it: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
    });
  };
  return (
    <>
      <IconButton label="Good answer" icon={<ThumbsUp size={16} />} pressed={turn.thumbs === 'up'} onClick={() => rate('up')} />
      <IconButton label="Bad answer" icon={<ThumbsDown size={16} />} pressed={turn.thumbs === 'down'} onClick={() => rate('down')} />
    </>
  );
}

/** Steps through the answers a turn has. */
function AnswerPager({ turn }: { readonly turn: Turn }) {
  const app = useApp();
  if (turn.responses.length < 2) return null;
  const index = turn.responses.findIndex((response) => response.id === turn.shownResponseId);
  const show = (next: number) => {
    const response = turn.responses[next];
    if (response) void showResponse(app, turn.id, response.id);
  };
  return (
    <span className={styles.pager}>
      <IconButton label="Earlier answer" icon={<ChevronLeft size={16} />} disabled={index <= 0} onClick={() => show(index - 1)} />
      <span>
        {index + 1} of {turn.responses.length}
      </span>
      <IconButton label="Later answer" icon={<ChevronRight size={16} />} disabled={index >= turn.responses.length - 1} onClick={() => show(index + 1)} />
    </span>
  );
}
