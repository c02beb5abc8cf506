import { Pin, ScrollText } from 'lucide-react';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TEMPORARY_ID } from '../../../core/conversation';
import { useApp, useSlice } from '../../store/context';
import { Button } from '../../ui';
import { FiguresPopover } from '../../widgets/FiguresPopover';
import { costText } from '../../words/amounts';
import { chatTotals, type ChatTotals } from '../../words/response-facts';
import styles from './header.module.css';
import { useSetup } from './use-setup';

const SetupDialog = lazy(() => import('./SetupDialog'));
const ChatMenu = lazy(() => import('./ChatMenu'));
const TemporarySwitch = lazy(() => import('./Temporary').then((module) => ({ default: module.TemporarySwitch })));

/** How this chat is set up, what it has cost so far, and what can be done with it. */
export function ChatHeader() {
  const app = useApp();
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const conversationId = useSlice(app.chat, (state) => state.conversationId);
  const hasTurns = useSlice(app.chat, (state) => state.turns.length > 0);
  const { systemPrompt, presetId, pinnedModelId } = useSetup();
  const presetName = useSlice(app.presets, (state) => state.list.find(({ id }) => id === presetId)?.name ?? null);
  const label = presetName ?? (systemPrompt.trim() === '' ? t('Instructions') : t('Own instructions'));
  return (
    <header className={styles.header}>
      <Button size="sm" variant="quiet" className={styles.setup} icon={<ScrollText size={15} />} aria-label={t('Instructions and model of this chat: {{label}}', { label })} onClick={() => setOpen(true)}>
        <span className={styles.label}>{label}</span>
        {pinnedModelId !== null && (
          <span className={styles.pin}>
            <Pin size={13} aria-hidden /> {app.pool.nameOf(pinnedModelId)}
          </span>
        )}
      </Button>
      <span className={styles.space} />
      <Totals />
      <Suspense>
        {!hasTurns && (conversationId === null || conversationId === TEMPORARY_ID) && <TemporarySwitch />}
        {hasTurns && conversationId !== null && conversationId !== TEMPORARY_ID && <ChatMenu conversationId={conversationId} />}
      </Suspense>
      {isOpen && (
        <Suspense>
          <SetupDialog onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </header>
  );
}

/** Of all branches and all answers. */
function Totals() {
  const app = useApp();
  const { t } = useTranslation();
  const turns = useSlice(app.chat, (state) => state.turns);
  const totals = useMemo(() => chatTotals(turns.flatMap((turn) => turn.responses)), [turns]);
  if (totals.answers === 0) return null;
  return (
    <FiguresPopover
      summary={costOf(totals)}
      label={t('What this chat has cost')}
      rows={[
        [t('Answers'), totals.answers],
        [t('Tokens read'), totals.inputTokens],
        [t('Tokens written'), totals.outputTokens],
        [t('Cost'), costOf(totals)],
      ]}
      note={`${totals.isRough ? t('Some counts are estimates, or a price is not known. ') : ''}${t('Every answer counts, also those of other branches and those put aside.')}`}
    />
  );
}

function costOf({ costUsd, isRough }: ChatTotals): string {
  return `${isRough && costUsd > 0 ? '≈' : ''}${costText(costUsd)}`;
}
