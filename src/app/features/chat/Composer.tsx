import { ArrowUp, ChevronDown, Paperclip, TriangleAlert } from 'lucide-react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { TEMPORARY_ID } from '../../../core/conversation';
import { keyAction } from '../../keys';
import { useApp, useSlice } from '../../store/context';
import { Button, IconButton, Logo, Notice } from '../../ui';
import { alternativeOf } from '../../use-cases/alternative';
import type { AttachProblem } from '../../use-cases/attach-files';
import { changeSetup } from '../../use-cases/chat-setup';
import { sendTurn, type SendOutcome } from '../../use-cases/send-turn';
import { sizeText } from '../../words/amounts';
import { AttachmentList } from './AttachmentList';
import attachmentStyles from './attachments.module.css';
import styles from './composer.module.css';
import { ModelMenu } from './ModelMenu';
import { OpenQuestion } from './OpenQuestion';
import { LimitChips, PickerButton } from './PickerBar';
import { PreviewLine } from './PreviewLine';
import { SendProblem } from './SendProblem';
import { useAttaching } from './use-attaching';
import { useSetup } from './use-setup';

export const COMPOSER_ID = 'composer';

interface SendOptions {
  /** Null = Auto; what is chosen in the menu when absent. */
  readonly chosenModelId?: string | null;
  readonly withoutImages?: boolean;
}

type Problem = Exclude<SendOutcome, { kind: 'sent' } | { kind: 'declined' }>;

/** Where prompts are written. What is typed is kept until it is safely part of a conversation. */
export function Composer() {
  const app = useApp();
  const { t } = useTranslation();
  const text = useSlice(app.composer, (state) => state.text);
  const attachments = useSlice(app.composer, (state) => state.attachments);
  const files = useAttaching(app);
  const choosing = useSlice(app.chat, (state) => state.choosing);
  const conversationId = useSlice(app.chat, (state) => state.conversationId);
  const [problem, setProblem] = useState<Problem | null>(null);
  const box = useRef<HTMLTextAreaElement>(null);
  useAutosize(box, text);
  useEffect(() => {
    setProblem(null);
    if (matchMedia('(hover: hover)').matches) box.current?.focus();
  }, [conversationId]);

  const isEmpty = text.trim() === '' && attachments.length === 0;
  const send = async ({ chosenModelId = app.composer.store.getState().chosenModelId, withoutImages = false }: SendOptions = {}) => {
    const prompt = text.trim();
    if (isEmpty || choosing) return;
    const outcome = await sendTurn(app, { prompt, chosenModelId, parentId: app.chat.store.getState().leafId, attachments, withoutImages });
    if (outcome.kind === 'declined') return setProblem(null);
    if (outcome.kind !== 'sent') return setProblem(outcome);
    setProblem(null);
    // Whoever has begun a temporary chat meanwhile stays there.
    if (app.chat.isTemporary() && outcome.conversationId !== TEMPORARY_ID) return;
    files.dismiss();
    app.composer.clear({ text, attachments }, outcome.conversationId);
    app.route.replace('chat', outcome.conversationId);
    // Lets the keys 1, 2, 0 and B reach the comparison.
    if (app.chat.store.getState().turns.at(-1)?.comparison) box.current?.blur();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const action = keyAction(event, ['send', 'send_other']);
    // An input method uses Enter to accept a word.
    if (action === null || event.nativeEvent.isComposing) return;
    event.preventDefault();
    const alternative = action === 'send_other' ? alternativeOf(app) : null;
    void send(alternative ? { chosenModelId: alternative.modelId } : {});
  };

  return (
    <div className={styles.dock}>
      <OpenQuestion />
      {problem && <SendProblem problem={problem} onClose={() => setProblem(null)} onSendAnyway={(how) => void send({ withoutImages: how === 'without_images' })} />}
      {files.problems.length > 0 && <AttachProblems problems={files.problems} onClose={files.dismiss} />}
      <form
        className={styles.composer}
        {...files.drop}
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <label htmlFor={COMPOSER_ID} className="visually-hidden">
          {t('Your prompt')}
        </label>
        {files.isOver && <div className={attachmentStyles.drop}>{t('Drop images or text files here')}</div>}
        {attachments.length > 0 && (
          <div className={attachmentStyles.waiting}>
            <AttachmentList attachments={attachments} onRemove={(id) => app.composer.detach(id)} />
          </div>
        )}
        <textarea
          id={COMPOSER_ID}
          ref={box}
          className={styles.input}
          rows={1}
          placeholder={t('Ask anything')}
          value={text}
          onChange={(event) => {
            app.composer.setText(event.target.value);
            if (problem) setProblem(null);
          }}
          onKeyDown={onKeyDown}
          onPaste={files.onPaste}
          enterKeyHint="send"
        />
        <PreviewLine />
        <div className={styles.tools}>
          <AttachButton onFiles={(list) => void files.attach(list)} />
          <ModelPicker />
          <PickerButton />
          <span className={styles.space} />
          <IconButton type="submit" className={styles.send} variant="primary" label={t('Send')} icon={<ArrowUp size={20} />} disabled={isEmpty} busy={choosing} />
        </div>
        <LimitChips />
      </form>
    </div>
  );
}

function AttachButton({ onFiles }: { readonly onFiles: (files: FileList) => void }) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t('Files to attach')}
        onChange={(event) => {
          if (event.target.files) onFiles(event.target.files);
          // The same file can be chosen again.
          event.target.value = '';
        }}
      />
      <IconButton label={t('Attach images or text files')} icon={<Paperclip size={18} />} onClick={() => input.current?.click()} />
    </>
  );
}

function AttachProblems({ problems, onClose }: { readonly problems: readonly AttachProblem[]; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const textOf = (problem: AttachProblem): string => {
    switch (problem.kind) {
      case 'too_many':
        return t('No more than {{limit}} files go with one prompt; the rest were left out.', { limit: problem.limit });
      case 'too_large':
        return t('{{name}} is larger than {{limit}}.', { name: problem.name, limit: sizeText(problem.limitBytes) });
      case 'not_readable':
        return t('{{name}} is neither an image nor text that can be read. Save a document as text or as an image first.', { name: problem.name });
      case 'empty':
        return t('{{name}} is empty.', { name: problem.name });
    }
  };
  return (
    <Notice
      tone="warning"
      icon={<TriangleAlert size={18} />}
      title={t('Not everything could be attached')}
      actions={
        <Button size="sm" onClick={onClose}>
          {t('Close')}
        </Button>
      }
    >
      <ul>
        {problems.map((problem) => (
          <li key={textOf(problem)}>{textOf(problem)}</li>
        ))}
      </ul>
    </Notice>
  );
}

/** Auto, the chat's own model, or the model the user wants for the next prompt. */
function ModelPicker() {
  const app = useApp();
  const { t } = useTranslation();
  const { pinnedModelId } = useSetup();
  const chosenModelId = useSlice(app.composer, (state) => state.chosenModelId);
  const preview = useSlice(app.composer, (state) => state.preview);
  const decision = preview.kind === 'decided' ? preview.decision : null;
  const shownId = chosenModelId ?? pinnedModelId;
  /** In a chat that is pinned to a model, Auto means to take the pin out. */
  const chooseAuto = () => {
    app.composer.choose(null);
    if (pinnedModelId !== null) void changeSetup(app, { pinnedModelId: null });
  };
  return (
    <ModelMenu
      decision={decision}
      chosenId={shownId}
      onChoose={(modelId) => app.composer.choose(modelId === pinnedModelId ? null : modelId)}
      auto={{ isOn: shownId === null, onChoose: chooseAuto }}
      trigger={
        <Button className={styles.picker} variant="quiet" size="sm" icon={<Logo size={16} />}>
          <span className="visually-hidden">{t('Model:')} </span>
          <span className={styles.pickerName}>{shownId === null ? t('Auto') : app.pool.nameOf(shownId)}</span>
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
