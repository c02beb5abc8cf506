import { createStore, type StoreApi } from 'zustand/vanilla';
import type { RoutingDecision } from '../../core/routing';
import type { DraftRepository } from '../../storage/drafts';
import { NEW_CONVERSATION_DRAFT } from '../../storage/rows';

export type Preview =
  | { readonly kind: 'none' }
  | { readonly kind: 'routing' }
  | { readonly kind: 'decided'; readonly decision: RoutingDecision; readonly key: PreviewKey };

/** What a preview holds for; compared by identity. A send with the same key uses the preview's decision. */
export type PreviewKey = readonly unknown[];

export interface ComposerState {
  readonly text: string;
  /** Which model the user wants for the next prompt; null = Auto. */
  readonly chosenModelId: string | null;
  readonly preview: Preview;
}

export interface ComposerSlice {
  readonly store: StoreApi<ComposerState>;
  /** Shows the draft of a conversation (null: of the next new one). */
  open(conversationId: string | null): Promise<void>;
  setText(text: string): void;
  /** Empties the box after `sent` became a turn of `conversationId`; anything typed since stays. */
  clear(sent: string, conversationId: string): void;
  choose(modelId: string | null): void;
  setPreview(preview: Preview): void;
  /** Resolves when every change so far is on disk. */
  settled(): Promise<void>;
}

export function createComposerSlice(drafts: DraftRepository, now: () => number, onProblem: (problem: string) => void): ComposerSlice {
  const store = createStore<ComposerState>(() => ({ text: '', chosenModelId: null, preview: { kind: 'none' } }));
  let draftId: string = NEW_CONVERSATION_DRAFT;
  let loaded = false;
  let saving: Promise<void> = Promise.resolve();
  /** Newest text of each draft that is not on disk yet. */
  const waiting = new Map<string, string>();

  const writeWaiting = async () => {
    const changes = [...waiting];
    waiting.clear();
    for (const [id, text] of changes) await drafts.save({ id, text, updatedAt: now() });
  };

  /** At once, one write at a time; of several changes that wait only the newest is written. */
  const save = (id: string, text: string) => {
    const isIdle = waiting.size === 0;
    waiting.set(id, text);
    if (isIdle) saving = saving.then(writeWaiting).catch((thrown: unknown) => onProblem(thrown instanceof Error ? thrown.message : String(thrown)));
  };

  const setText = (text: string) => {
    store.setState({ text });
    save(draftId, text);
  };

  return {
    store,
    setText,
    open: async (conversationId) => {
      const id = conversationId ?? NEW_CONVERSATION_DRAFT;
      if (id === draftId && loaded) return;
      await saving;
      draftId = id;
      loaded = true;
      const draft = await drafts.get(id).catch(() => null);
      if (draftId === id) store.setState({ text: draft?.text ?? '', chosenModelId: null, preview: { kind: 'none' } });
    },
    clear: (sent, conversationId) => {
      const { text } = store.getState();
      if (draftId !== conversationId) save(draftId, '');
      draftId = conversationId;
      setText(text.startsWith(sent) ? text.slice(sent.length) : text);
      store.setState({ chosenModelId: null, preview: { kind: 'none' } });
    },
    choose: (chosenModelId) => store.setState({ chosenModelId }),
    setPreview: (preview) => store.setState({ preview }),
    settled: () => saving,
  };
}
