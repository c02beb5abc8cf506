import { ChevronLeft, ChevronRight, Pencil } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Turn } from '../../../core/conversation';
import { useApp, useSlice } from '../../store/context';
import { siblings } from '../../store/turn-tree';
import { cx, IconButton } from '../../ui';
import { AttachmentList } from './AttachmentList';
import { CopyButton } from './CopyButton';
import { PromptEditor } from './PromptEditor';
import styles from './prompt.module.css';

/** Prompts longer than this are set as text, not as a heading. */
const HEADLINE_LENGTH = 140;

/** What was asked, with its other versions; it can be changed and sent again. */
export function PromptView({ turn }: { readonly turn: Turn }) {
  const app = useApp();
  const isEditing = useSlice(app.chat, (state) => state.editing?.turnId === turn.id);
  if (isEditing) return <PromptEditor turn={turn} />;
  return (
    <div className={styles.row}>
      {turn.attachments.length > 0 && (
        <div className={styles.files}>
          <AttachmentList attachments={turn.attachments} />
        </div>
      )}
      <PromptText prompt={turn.prompt} />
      <PromptActions turn={turn} />
    </div>
  );
}

function PromptText({ prompt }: { readonly prompt: string }) {
  const { t } = useTranslation();
  const isHeadline = prompt.length <= HEADLINE_LENGTH && !prompt.includes('\n');
  if (isHeadline) return <h2 className={cx(styles.prompt, styles.headline)}>{prompt}</h2>;
  return (
    <>
      <h2 className="visually-hidden">{t('Your prompt')}</h2>
      <p className={styles.prompt} tabIndex={0}>
        {prompt}
      </p>
    </>
  );
}

function PromptActions({ turn }: { readonly turn: Turn }) {
  const app = useApp();
  const { t } = useTranslation();
  const isBusy = useSlice(app.chat, (state) => state.choosing);
  return (
    <div className={styles.actions}>
      <SiblingPager turn={turn} />
      <span className={styles.quiet}>
        <IconButton label={t('Edit the prompt')} icon={<Pencil size={15} />} disabled={isBusy} onClick={() => app.chat.edit({ turnId: turn.id, text: turn.prompt })} />
        <CopyButton text={turn.prompt} label={t('Copy the prompt')} />
      </span>
    </div>
  );
}

/** Steps through the versions of a prompt, each with its own answers and all that followed. */
function SiblingPager({ turn }: { readonly turn: Turn }) {
  const app = useApp();
  const { t } = useTranslation();
  const versions = useSlice(app.chat, (state) => siblings(state.turns, turn).length);
  const index = useSlice(app.chat, (state) => siblings(state.turns, turn).findIndex((other) => other.id === turn.id));
  if (versions < 2) return null;
  const show = (next: number) => {
    const other = siblings(app.chat.store.getState().turns, turn)[next];
    if (other) void app.chat.showBranch(other.id);
  };
  return (
    <span className={styles.pager} role="group" aria-label={t('Versions of this prompt')}>
      <IconButton label={t('Earlier version')} icon={<ChevronLeft size={16} />} disabled={index <= 0} onClick={() => show(index - 1)} />
      <span aria-live="polite">
        {index + 1} / {versions}
      </span>
      <IconButton label={t('Later version')} icon={<ChevronRight size={16} />} disabled={index >= versions - 1} onClick={() => show(index + 1)} />
    </span>
  );
}
