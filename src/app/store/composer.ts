import { createStore, type StoreApi } from 'zustand/vanilla';
import { NO_SETUP, TEMPORARY_ID, type Attachment, type ChatSetup } from '../../core/conversation';
import type { RoutingDecision } from '../../core/routing';
import type { AttachmentRepository } from '../../storage/attachments';
import type { DraftFiles, DraftRepository } from '../../storage/drafts';
import { NEW_CONVERSATION_DRAFT, type StoredAttachment } from '../../storage/rows';
import { thrownText } from '../words/thrown-text';

export type Preview =
  | { readonly kind: 'none' }
  | { readonly kind: 'routing' }
  | {
      readonly kind: 'decided';
      readonly decision: RoutingDecision;
      readonly key: PreviewKey;
      /** Made for an earlier state of the text; a newer one is on the way. */
      readonly isStale: boolean;
    };

/** What a preview holds for; compared by identity. A send with the same key uses the preview's decision. */
export type PreviewKey = readonly unknown[];

export interface ComposerState {
  readonly text: string;
  /** What goes with the text. */
  readonly attachments: readonly Attachment[];
  /** How the next new chat is to be set up. */
  readonly setup: ChatSetup;
  /** Which model the user wants for the next prompt; null = Auto. */
  readonly chosenModelId: string | null;
  readonly preview: Preview;
}

/** A file, ready to be sent, that waits for its draft to be stored. */
export interface NewAttachment {
  readonly attachment: Attachment;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface ComposerSlice {
  readonly store: StoreApi<ComposerState>;
  /** Shows the draft of a conversation (null: of the next new one). What was written for a temporary chat is gone when another is opened. */
  open(conversationId: string | null): Promise<void>;
  /** Takes what is written along into the temporary chat, or out of it into the next new one, and leaves nothing where it was. */
  move(to: typeof TEMPORARY_ID | null): Promise<void>;
  /** Something is written that belongs to a temporary chat. */
  holdsTemporary(): boolean;
  setText(text: string): void;
  attach(files: readonly NewAttachment[]): void;
  detach(attachmentId: string): void;
  setUp(setup: ChatSetup): void;
  /** Empties the box after `sent` became a turn of `conversationId`; anything typed or attached since stays. */
  clear(sent: SentDraft, conversationId: string): void;
  choose(modelId: string | null): void;
  setPreview(preview: Preview): void;
  /** The bytes of files, those that wait and those that were sent; missing ones are left out. */
  files(attachmentIds: readonly string[]): Promise<ReadonlyMap<string, StoredAttachment>>;
  /** Resolves when every change so far is on disk. */
  settled(): Promise<void>;
}

export type SentDraft = Pick<ComposerState, 'text' | 'attachments'>;

type Content = Pick<ComposerState, 'text' | 'attachments' | 'setup'>;

interface Waiting {
  content: Content;
  readonly added: StoredAttachment[];
  readonly removedIds: string[];
}

const EMPTY: Content = { text: '', attachments: [], setup: NO_SETUP };
const NOTHING: DraftFiles = { added: [], removedIds: [] };

export interface ComposerParts {
  readonly drafts: DraftRepository;
  readonly attachments: AttachmentRepository;
  readonly now: () => number;
  readonly onProblem: (problem: string) => void;
}

export function createComposerSlice({ drafts, attachments: stored, now, onProblem }: ComposerParts): ComposerSlice {
  const store = createStore<ComposerState>(() => ({ ...EMPTY, chosenModelId: null, preview: { kind: 'none' } }));
  /** Files of the temporary chat. */
  const inMemory = new Map<string, StoredAttachment>();
  let draftId: string = NEW_CONVERSATION_DRAFT;
  let loaded = false;
  let saving: Promise<void> = Promise.resolve();
  /** Drafts that are being read, with what was written into them meanwhile. */
  const opening = new Map<string, Waiting | null>();
  let reading: Promise<void> = Promise.resolve();
  /** Newest content of each draft that is not on disk yet. */
  const waiting = new Map<string, Waiting>();

  const writeWaiting = async () => {
    const changes = [...waiting];
    waiting.clear();
    for (const [id, { content, added, removedIds }] of changes) await drafts.save({ id, ...content, updatedAt: now() }, { added, removedIds });
  };

  /** At once, one write at a time; of several changes that wait only the newest is written. */
  const save = (id: string, content: Content, { added, removedIds }: DraftFiles = NOTHING) => {
    if (id === TEMPORARY_ID) {
      for (const file of added) inMemory.set(file.id, file);
      for (const fileId of removedIds) inMemory.delete(fileId);
      return;
    }
    const place = opening.has(id) ? opening : waiting;
    const isIdle = waiting.size === 0;
    const before = place.get(id);
    place.set(id, { content, added: [...(before?.added ?? []), ...added], removedIds: [...(before?.removedIds ?? []), ...removedIds] });
    if (place === opening) return;
    if (isIdle) saving = saving.then(writeWaiting).catch((thrown: unknown) => onProblem(thrownText(thrown)));
  };

  const change = (part: Partial<Content>, files?: DraftFiles) => {
    store.setState(part);
    const { text, attachments, setup } = store.getState();
    save(draftId, { text, attachments, setup }, files);
  };

  const show = (content: Content) => store.setState({ ...content, chosenModelId: null, preview: { kind: 'none' } });

  /** What is stored, followed by what was written while it was read. */
  const read = async (id: string) => {
    await saving;
    const draft = (await drafts.get(id).catch(() => null)) ?? EMPTY;
    const typed = opening.get(id) ?? null;
    opening.delete(id);
    const { content, added, removedIds } = typed ?? { content: EMPTY, ...NOTHING };
    const setup = content.setup === NO_SETUP ? draft.setup : content.setup;
    const whole: Content = { text: draft.text + content.text, attachments: [...draft.attachments, ...content.attachments], setup };
    if (draftId === id) store.setState(whole);
    if (typed) save(id, whole, { added, removedIds });
  };

  const files: ComposerSlice['files'] = async (ids) => {
    const kept = ids.flatMap((id) => inMemory.get(id) ?? []);
    const others = ids.filter((id) => !inMemory.has(id));
    const read = others.length === 0 ? [] : [...(await stored.getMany(others)).values()];
    return new Map([...kept, ...read].map((file) => [file.id, file]));
  };

  return {
    store,
    files,
    setText: (text) => change({ text }),
    attach: (files) => {
      const added = files.map(({ attachment, bytes }) => ({ id: attachment.id, ownerId: draftId, mediaType: attachment.mediaType, bytes }));
      change({ attachments: [...store.getState().attachments, ...files.map(({ attachment }) => attachment)] }, { added, removedIds: [] });
    },
    detach: (attachmentId) => {
      const attachments = store.getState().attachments.filter(({ id }) => id !== attachmentId);
      change({ attachments }, { added: [], removedIds: [attachmentId] });
    },
    setUp: (setup) => change({ setup }),
    open: async (conversationId) => {
      const id = conversationId ?? NEW_CONVERSATION_DRAFT;
      if (id === draftId && loaded) return;
      if (draftId === TEMPORARY_ID) inMemory.clear();
      draftId = id;
      loaded = true;
      // At once: what is typed from now on belongs to this draft.
      show(opening.get(id)?.content ?? EMPTY);
      if (id === TEMPORARY_ID || opening.has(id)) return reading;
      opening.set(id, null);
      reading = Promise.all([reading, read(id)]).then(() => undefined);
      return reading;
    },
    move: async (to) => {
      await reading;
      await saving;
      const bytes = await files(store.getState().attachments.map(({ id }) => id));
      const from = draftId;
      const { text, attachments, setup } = store.getState();
      draftId = to ?? NEW_CONVERSATION_DRAFT;
      loaded = true;
      save(from, EMPTY, { added: [], removedIds: attachments.map(({ id }) => id) });
      save(draftId, { text, attachments, setup }, { added: [...bytes.values()].map((file) => ({ ...file, ownerId: draftId })), removedIds: [] });
    },
    holdsTemporary: () => {
      const { text, attachments } = store.getState();
      return draftId === TEMPORARY_ID && (text.trim() !== '' || attachments.length > 0);
    },
    clear: (sent, conversationId) => {
      const { text, attachments } = store.getState();
      if (draftId !== conversationId) save(draftId, EMPTY);
      draftId = conversationId;
      const sentIds = new Set(sent.attachments.map(({ id }) => id));
      change({ text: text.startsWith(sent.text) ? text.slice(sent.text.length) : text, attachments: attachments.filter(({ id }) => !sentIds.has(id)), setup: NO_SETUP });
      store.setState({ chosenModelId: null, preview: { kind: 'none' } });
    },
    choose: (chosenModelId) => store.setState({ chosenModelId }),
    setPreview: (preview) => store.setState({ preview }),
    settled: async () => {
      await reading;
      await saving;
    },
  };
}
