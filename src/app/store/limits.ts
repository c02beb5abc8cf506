import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ChatLimits } from '../../core/conversation';
import type { ModelCard, PoolRules } from '../../core/routing';
import { applyConstraints, type Expectation } from '../../core/utility';
import type { ChatSlice } from './chat';
import type { ConversationsSlice } from './conversations';
import type { SettingsSlice } from './settings';

export interface LimitsState {
  /** Of the chat that has no turn yet; stored with its first one. */
  readonly pending: ChatLimits | null;
}

/** What Auto may use for the next prompt. */
export interface CurrentLimits extends ChatLimits {
  /** Set for this chat, or for every chat. */
  readonly scope: 'chat' | 'everywhere';
}

export interface LimitsSlice {
  readonly store: StoreApi<LimitsState>;
  /** Of the chat on screen. The parts keep their identity until they change. */
  current(): CurrentLimits;
  pending(): ChatLimits | null;
  /** Changes the rules in the scope that holds now. */
  changeRules(change: Partial<PoolRules>): Promise<void>;
  /** Gives the chat on screen limits of its own, or (null) those of every chat. */
  setForChat(limits: ChatLimits | null): Promise<void>;
  /** The rules that need no prompt: all but price and length. */
  allows(card: ModelCard): boolean;
}

export interface LimitsParts {
  readonly settings: SettingsSlice;
  readonly conversations: ConversationsSlice;
  readonly chat: ChatSlice;
}

const NO_PROMPT: Expectation = { totalTokens: 0, costUsd: 0 };
const NONE_EXCLUDED: readonly string[] = [];

export function createLimitsSlice({ settings, conversations, chat }: LimitsParts): LimitsSlice {
  const store = createStore<LimitsState>(() => ({ pending: null }));
  // A chat that has begun has taken them with its first turn.
  chat.store.subscribe(({ conversationId }) => {
    if (conversationId !== null && store.getState().pending !== null) store.setState({ pending: null });
  });

  const ofChat = (): ChatLimits | null => {
    const { conversationId } = chat.store.getState();
    return conversationId === null ? store.getState().pending : (conversations.find(conversationId)?.limits ?? null);
  };

  const current = (): CurrentLimits => {
    const own = ofChat();
    if (own) return { ...own, scope: 'chat' };
    return { rules: settings.store.getState().constraints, excludedModelIds: NONE_EXCLUDED, scope: 'everywhere' };
  };

  const setForChat = async (limits: ChatLimits | null) => {
    const { conversationId } = chat.store.getState();
    if (conversationId === null) return store.setState({ pending: limits });
    await conversations.update(conversationId, (conversation) => ({ ...conversation, limits }));
  };

  return {
    store,
    current,
    setForChat,
    pending: () => store.getState().pending,
    changeRules: async (change) => {
      const { rules, excludedModelIds, scope } = current();
      if (scope === 'chat') return setForChat({ rules: { ...rules, ...change }, excludedModelIds });
      const { connectionIds, ...others } = { ...rules, ...change };
      await settings.set('constraints', { ...others, connectionIds: connectionIds && [...connectionIds] });
    },
    allows: (card) => {
      const { rules, excludedModelIds } = current();
      const constraints = { ...rules, excludedModelIds, spentConnectionIds: [], requiredContextTokens: 0, requiredModalities: [] };
      return applyConstraints([{ card }], constraints, [NO_PROMPT]).qualified.length > 0;
    },
  };
}
