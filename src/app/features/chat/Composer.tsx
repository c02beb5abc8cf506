import { ArrowUp, ChevronDown } from 'lucide-react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useApp, useSlice } from '../../store/context';
import { Button, IconButton, Logo } from '../../ui';
import { sendTurn, type SendOutcome } from '../../use-cases/send-turn';
import styles from './composer.module.css';
import { ModelMenu } from './ModelMenu';
import { PreviewLine } from './PreviewLine';
import { SendProblem } from './SendProblem';

export const COMPOSER_ID = 'composer';

type Problem = Exclude<SendOutcome, { kind: 'sent' }>;

/** Where prompts are written. What is typed is kept until it is safely part of a conversation. */
export function Composer() {
  const app = useApp();
  const text = useSlice(app.composer, (state) => state.text);
  const choosing = useSlice(app.chat, (state) => state.choosing);
  const conversationId = useSlice(app.chat, (state) => state.conversationId);
  const [problem, setProblem] = useState<Problem | null>(null);
  const box = useRef<HTMLTextAreaElement>(null);
  useAutosize(box, text);
  useEffect(() => {
    setProblem(null);
    if (matchMedia('(hover: hover)').matches) box.current?.focus();
  }, [conversationId]);

  const send = async () => {
    const prompt = text.trim();
    if (prompt === '' || choosing) return;
    const { chosenModelId } = app.composer.store.getState();
    const outcome = await sendTurn(app, { prompt, chosenModelId, parentId: app.chat.store.getState().leafId });
    if (outcome.kind !== 'sent') return setProblem(outcome);
    setProblem(null);
    app.composer.clear(text, outcome.conversationId);
    app.route.replace('chat', outcome.conversationId);
    // Lets the keys 1, 2, 0 and B reach the comparison.
    if (app.chat.store.getState().turns.at(-1)?.comparison) box.current?.blur();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    // An input method uses Enter to accept a word.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void send();
  };

  return (
    <div className={styles.dock}>
      {problem && <SendProblem problem={problem} onClose={() => setProblem(null)} />}
      <form
        className={styles.composer}
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <label htmlFor={COMPOSER_ID} className="visually-hidden">
          Your prompt
        </label>
        <textarea
          id={COMPOSER_ID}
          ref={box}
          className={styles.input}
          rows={1}
          placeholder="Ask anything"
          value={text}
          onChange={(event) => {
            app.composer.setText(event.target.value);
            if (problem) setProblem(null);
          }}
          onKeyDown={onKeyDown}
          enterKeyHint="send"
        />
        <div className={styles.tools}>
          <ModelPicker />
          <PreviewLine />
          <IconButton type="submit" className={styles.send} variant="primary" label="Send" icon={<ArrowUp size={20} />} disabled={text.trim() === ''} busy={choosing} />
        </div>
      </form>
    </div>
  );
}

/** Auto, or the model the user wants for the next prompt. */
function ModelPicker() {
  const app = useApp();
  const chosenModelId = useSlice(app.composer, (state) => state.chosenModelId);
  const preview = useSlice(app.composer, (state) => state.preview);
  const decision = preview.kind === 'decided' ? preview.decision : null;
  return (
    <ModelMenu
      decision={decision}
      chosenId={chosenModelId}
      onChoose={(modelId) => app.composer.choose(modelId)}
      auto={{ isOn: chosenModelId === null, onChoose: () => app.composer.choose(null) }}
      trigger={
        <Button className={styles.picker} variant="quiet" size="sm" icon={<Logo size={16} />}>
          <span className="visually-hidden">Model: </span>
          <span className={styles.pickerName}>{chosenModelId === null ? 'Auto' : app.pool.nameOf(chosenModelId)}</span>
          <ChevronDown size={14} aria-hidden />
        </Button>
      }
    />
  );
}

/** Browsers without `field-sizing: content` get the height set. */
function useAutosize(box: { readonly current: HTMLTextAreaElement | null }, text: string): void {
  useEffect(() => {
    const area = box.current;
    if (!area || CSS.supports('field-sizing', 'content')) return;
    area.style.height = 'auto';
    area.style.height = `${area.scrollHeight}px`;
  }, [box, text]);
}
