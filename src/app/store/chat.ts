import { createStore, type StoreApi } from 'zustand/vanilla';
import { TEMPORARY_ID, type Conversation, type ModelResponse, type Turn } from '../../core/conversation';
import type { RoutingDecision } from '../../core/routing';
import type { TurnRepository } from '../../storage/turns';
import type { TasteChange } from '../words/axis-words';
import type { ConversationsSlice } from './conversations';
import { branch, leafBelow, mergeTurns, patchTurns } from './turn-tree';

/** What a pick taught, shown where it was made. */
export interface Reveal {
  readonly preferenceId: string;
  readonly changes: readonly TasteChange[];
}

export interface ChatState {
  /** Null: a chat that has no turn yet. */
  readonly conversationId: string | null;
  readonly phase: 'loading' | 'ready';
  /** Every turn of the conversation, all branches, oldest first. */
  readonly turns: readonly Turn[];
  /** Last turn of the branch on screen. */
  readonly leafId: string | null;
  /** Responses that this tab is receiving. */
  readonly runningIds: readonly string[];
  /** The model for a prompt is being chosen. */
  readonly choosing: boolean;
  /** The prompt that is being edited, and its new text so far. */
  readonly editing: { readonly turnId: string; readonly text: string } | null;
  /** By turn id; kept for this visit only. */
  readonly reveals: Readonly<Record<string, Reveal>>;
  /** Why what is on screen could not be stored; null when all is safe. */
  readonly storageProblem: string | null;
}

export interface ChatSlice {
  readonly store: StoreApi<ChatState>;
  /** Shows a conversation, or an empty one for null. What streams elsewhere goes on; a temporary chat ends when another is opened. */
  open(conversationId: string | null): Promise<void>;
  /** Stores a new turn with its conversation and shows it, if its conversation is on screen or was just begun. Rejects with StorageFailure. */
  begin(turn: Turn, conversation: Conversation): Promise<void>;
  /** Changes a turn on screen and on disk. */
  changeTurn(turnId: string, change: (turn: Turn) => Turn): Promise<void>;
  /** Shows the newest end of the branch through this turn, now and when the conversation is opened again. */
  showBranch(turnId: string): Promise<void>;
  edit(editing: ChatState['editing']): void;
  /** Changes a turn on screen only, where the disk is changed together with something else. */
  showTurn(turn: Turn): void;
  /** Shows the newest state of a response that is being received; it is stored by the one who receives it. */
  showResponse(turnId: string, response: ModelResponse): void;
  find(turnId: string): Turn | null;
  /** The chat on screen is kept in memory only. */
  isTemporary(): boolean;
  /** Reads the decisions of these turns, if that was not done: a long conversation is opened without them. */
  loadDecisions(turnIds: readonly string[]): Promise<void>;
  /** Registers a response as running. The signal aborts it. */
  start(responseId: string): AbortSignal;
  end(responseId: string): void;
  stop(turn: Turn): void;
  setChoosing(choosing: boolean): void;
  reveal(turnId: string, reveal: Reveal): void;
  setStorageProblem(problem: string | null): void;
}

export interface ChatParts {
  readonly turns: TurnRepository;
  readonly conversations: ConversationsSlice;
}

/** So many turns at the end are complete when a conversation opens; others as they come into view. */
const FIRST_SHOWN = 30;

function withDecision(turn: Turn, decision: RoutingDecision | null): Turn {
  return decision === null || turn.decision !== null ? turn : { ...turn, decision };
}

const EMPTY: Pick<ChatState, 'turns' | 'leafId'> = { turns: [], leafId: null };

export function createChatSlice({ turns, conversations }: ChatParts): ChatSlice {
  const store = createStore<ChatState>(() => ({
    conversationId: null,
    phase: 'ready',
    ...EMPTY,
    runningIds: [],
    choosing: false,
    editing: null,
    reveals: {},
    storageProblem: null,
  }));
  const running = new Map<string, AbortController>();
  /** Turns with a running response: newer here than on disk, also while another conversation is on screen. */
  const live = new Map<string, Turn>();
  let unwatch: () => void = () => undefined;
  /** Turns of the conversation on screen whose decision has been read. */
  const complete = new Set<string>();

  const find = (turnId: string) => live.get(turnId) ?? store.getState().turns.find((turn) => turn.id === turnId) ?? null;

  const put = (turn: Turn) => {
    if (live.has(turn.id)) live.set(turn.id, turn);
    if (store.getState().conversationId !== turn.conversationId) return;
    store.setState((state) => ({ turns: state.turns.map((other) => (other.id === turn.id ? turn : other)) }));
  };

  const follow = (conversationId: string) => {
    unwatch();
    unwatch = turns.follow(conversationId, (change) => {
      if (store.getState().conversationId !== conversationId) return;
      store.setState((state) => ({ turns: mergeTurns(state.turns, patchTurns(state.turns, change), live, running) }));
    });
  };

  const loadDecisions = async (turnIds: readonly string[]) => {
    if (store.getState().conversationId === TEMPORARY_ID) return;
    const missing = turnIds.filter((id) => !complete.has(id));
    if (missing.length === 0) return;
    for (const id of missing) complete.add(id);
    const loaded = new Map((await turns.getMany(missing)).map((turn) => [turn.id, turn.decision]));
    store.setState((state) => ({ turns: state.turns.map((turn) => withDecision(turn, loaded.get(turn.id) ?? null)) }));
  };

  const stop = (turn: Turn) => turn.responses.forEach((response) => running.get(response.id)?.abort());

  /** What still streams is aborted, and finds its turn gone. */
  const endTemporary = () => {
    for (const turn of [...store.getState().turns, ...live.values()]) {
      if (turn.conversationId !== TEMPORARY_ID) continue;
      stop(turn);
      live.delete(turn.id);
    }
    conversations.endTemporary();
  };

  const publishRunning = () => store.setState({ runningIds: [...running.keys()] });

  return {
    store,
    find,
    isTemporary: () => store.getState().conversationId === TEMPORARY_ID,
    loadDecisions,
    open: async (conversationId) => {
      const before = store.getState().conversationId;
      if (before === conversationId) return;
      unwatch();
      unwatch = () => undefined;
      if (before === TEMPORARY_ID) endTemporary();
      if (conversationId === TEMPORARY_ID) conversations.beginTemporary();
      const isStored = conversationId !== null && conversationId !== TEMPORARY_ID;
      store.setState({ conversationId, phase: isStored ? 'loading' : 'ready', ...EMPTY, editing: null, reveals: {} });
      if (!isStored) return;
      // Before reading, so that no change falls between the two.
      follow(conversationId);
      const stored = await turns.listLight(conversationId);
      // From the disk: right after the start the list of conversations may not have been read yet.
      const leafId = (await conversations.read(conversationId))?.currentTurnId ?? stored.at(-1)?.id ?? null;
      const first = await turns.getMany(branch(stored, leafId).slice(-FIRST_SHOWN).map(({ id }) => id));
      if (store.getState().conversationId !== conversationId) return;
      complete.clear();
      for (const { id } of first) complete.add(id);
      store.setState((state) => ({ phase: 'ready', turns: mergeTurns(state.turns, patchTurns(stored, { changed: first, gone: [], everything: null }), live, running), leafId }));
    },
    begin: async (turn, conversation) => {
      if (turn.conversationId === TEMPORARY_ID) await conversations.update(TEMPORARY_ID, () => conversation);
      else {
        await turns.save(turn, conversation);
        conversations.adopt(conversation);
      }
      live.set(turn.id, turn);
      const { conversationId } = store.getState();
      const isNew = conversationId === null && turn.parentId === null;
      if (!isNew && conversationId !== turn.conversationId) return;
      store.setState((state) => ({ conversationId: turn.conversationId, phase: 'ready', turns: [...state.turns, turn], leafId: turn.id }));
      if (isNew) follow(turn.conversationId);
    },
    showBranch: async (turnId) => {
      const { turns: shown, conversationId } = store.getState();
      const turn = shown.find((candidate) => candidate.id === turnId);
      if (!turn || conversationId === null) return;
      const leafId = leafBelow(shown, turn).id;
      store.setState({ leafId });
      await conversations.update(conversationId, (conversation) => ({ ...conversation, currentTurnId: leafId }));
    },
    edit: (editing) => store.setState({ editing }),
    showTurn: put,
    changeTurn: async (turnId, change) => {
      const turn = find(turnId);
      if (turn) put(change(turn));
      if (turn?.conversationId === TEMPORARY_ID) return;
      await turns.update(turnId, change);
    },
    showResponse: (turnId, response) => {
      const turn = find(turnId);
      if (!turn) return;
      const known = turn.responses.some((other) => other.id === response.id);
      const responses = known ? turn.responses.map((other) => (other.id === response.id ? response : other)) : [...turn.responses, response];
      const next = { ...turn, responses };
      live.set(turnId, next);
      put(next);
    },
    start: (responseId) => {
      const controller = new AbortController();
      running.set(responseId, controller);
      publishRunning();
      return controller.signal;
    },
    end: (responseId) => {
      running.delete(responseId);
      for (const turn of live.values()) {
        if (!turn.responses.some((response) => running.has(response.id))) live.delete(turn.id);
      }
      publishRunning();
    },
    stop,
    setChoosing: (choosing) => store.setState({ choosing }),
    reveal: (turnId, reveal) => store.setState((state) => ({ reveals: { ...state.reveals, [turnId]: reveal } })),
    setStorageProblem: (storageProblem) => store.setState({ storageProblem }),
  };
}
