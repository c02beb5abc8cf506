import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Turn } from '../../../core/conversation';
import { keyAction } from '../../keys';
import { useApp, useSlice } from '../../store/context';
import { Button } from '../../ui';
import { sendEdited } from '../../use-cases/edit-prompt';
import type { SendOutcome } from '../../use-cases/send-turn';
import styles from './prompt.module.css';
import { SendProblem } from './SendProblem';

/** A prompt being changed in place. Sending it begins a new branch; the old one stays. */
export function PromptEditor({ turn }: { readonly turn: Turn }) {
  const app = useApp();
  const { t } = useTranslation();
  const text = useSlice(app.chat, (state) => state.editing?.text ?? '');
  const choosing = useSlice(app.chat, (state) => state.choosing);
  const [problem, setProblem] = useState<Exclude<SendOutcome, { kind: 'sent' } | { kind: 'declined' }> | null>(null);
  const box = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    box.current?.focus();
    box.current?.setSelectionRange(box.current.value.length, box.current.value.length);
  }, []);

  const canSend = text.trim() !== '' && !choosing;
  const send = async () => {
    if (!canSend) return;
    const outcome = await sendEdited(app, turn.id, text.trim());
    setProblem(outcome && outcome.kind !== 'sent' && outcome.kind !== 'declined' ? outcome : null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      app.chat.edit(null);
    }
    if (keyAction(event, ['send', 'send_other']) === null) return;
    event.preventDefault();
    void send();
  };

  return (
    <form
      className={styles.editor}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <h2 className="visually-hidden">{turn.prompt.slice(0, 140)}</h2>
      <textarea
        ref={box}
        className={styles.box}
        aria-label={t('Edit the prompt')}
        value={text}
        rows={Math.min(12, Math.max(2, text.split('\n').length))}
        onChange={(event) => app.chat.edit({ turnId: turn.id, text: event.target.value })}
        onKeyDown={onKeyDown}
        enterKeyHint="send"
      />
      {problem && <SendProblem problem={problem} onClose={() => setProblem(null)} />}
      <div className={styles.editorActions}>
        <span className={styles.hint}>{t('The version before stays; you can go back to it.')}</span>
        <Button size="sm" onClick={() => app.chat.edit(null)}>
          {t('Cancel')}
        </Button>
        <Button size="sm" type="submit" variant="primary" busy={choosing} disabled={!canSend}>
          {t('Send')}
        </Button>
      </div>
    </form>
  );
}
