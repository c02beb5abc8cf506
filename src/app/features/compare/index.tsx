import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelResponse, Turn } from '../../../core/conversation';
import { useApp, useSlice } from '../../store/context';
import { awaitsPick } from '../../store/turn-tree';
import { canJudge, comparedResponses, judgeComparison, skipComparison } from '../../use-cases/judge-comparison';
import { Badge, Button, Duel, Logo, toast, type DuelPick } from '../../ui';
import { LearnedNote } from '../../widgets/LearnedNote';
import { ResponseBody } from '../../widgets/ResponseBody';
import { WhyPopover } from '../../widgets/WhyPopover';
import { costText } from '../../words/amounts';
import { thrownText } from '../../words/thrown-text';
import styles from './compare.module.css';

/** Two blind answers; the names come with the pick, and what it taught. */
export function Comparison({ turn }: { readonly turn: Turn }) {
  const app = useApp();
  const { t } = useTranslation();
  const pair = comparedResponses(turn);
  const isOpen = awaitsPick(turn);
  const pick = useCallback(
    (choice: DuelPick) => {
      judgeComparison(app, turn.id, choice).catch((thrown: unknown) => {
        toast(t('The pick could not be recorded: {{reason}}', { reason: thrownText(thrown) }));
      });
    },
    [app, turn.id, t],
  );
  if (!pair) return null;
  const [left, right] = pair;
  const isStreaming = pair.some((response) => response.status === 'streaming');
  return (
    <div className={styles.comparison}>
      <div className={styles.intro}>
        {isOpen ? <Question /> : <Verdict turn={turn} />}
        {!isOpen && <WhyPopover turn={turn} modelId={left.modelId} />}
        {isStreaming && (
          <Button size="sm" className={styles.stop} onClick={() => app.chat.stop(turn)}>
            {t('Stop')}
          </Button>
        )}
      </div>
      <Duel
        left={{ title: <Title turn={turn} response={left} side={t('Left')} />, body: <ResponseBody response={left} waiting={t('Writing')} />, picked: isPicked(turn, left) }}
        right={{ title: <Title turn={turn} response={right} side={t('Right')} />, body: <ResponseBody response={right} waiting={t('Writing')} />, picked: isPicked(turn, right) }}
        onPick={canJudge(turn) ? pick : null}
        onSkip={isOpen ? () => void skipComparison(app, turn.id) : undefined}
        waiting={isOpen ? t('You can pick as soon as both have finished.') : undefined}
        keyboard={isOpen}
      />
    </div>
  );
}

function isPicked(turn: Turn, response: ModelResponse): boolean {
  return turn.comparison?.preferenceId != null && turn.shownResponseId === response.id;
}

function Question() {
  const { t } = useTranslation();
  return (
    <p className={styles.note}>
      <Logo size={18} />
      <span>{t('Which answer do you like better? Names come after your pick.')}</span>
    </p>
  );
}

function Verdict({ turn }: { readonly turn: Turn }) {
  const { t } = useTranslation();
  const reveal = useSlice(useApp().chat, (state) => state.reveals[turn.id]);
  if (reveal) return <LearnedNote reveal={reveal} />;
  return <p className={styles.note}>{turn.comparison?.preferenceId ? t('You have picked.') : t('Not compared. The chat goes on with one of them.')}</p>;
}

function Title({ turn, response, side }: { readonly turn: Turn; readonly response: ModelResponse; readonly side: string }) {
  if (awaitsPick(turn)) return <span>{side}</span>;
  return (
    <>
      <strong className={styles.name}>{response.modelName}</strong>
      {isPicked(turn, response) && <PickedBadge turn={turn} />}
      <span className={styles.cost}>{costText(response.costUsd)}</span>
    </>
  );
}

/** For ties the answer shown first goes on, which is not a verdict about it. */
function PickedBadge({ turn }: { readonly turn: Turn }) {
  const { t } = useTranslation();
  const outcome = useSlice(useApp().memory, (state) => state.log.find((pair) => pair.id === turn.comparison?.preferenceId)?.outcome);
  if (outcome === 'win') return <Badge tone="accent">{t('Your pick')}</Badge>;
  return <Badge>{outcome === 'both_bad' ? t('Both bad; the chat goes on with this') : t('Equally good; the chat goes on with this')}</Badge>;
}
