import { createStore, type StoreApi } from 'zustand/vanilla';

/** Something that is not done without the user's word, asked above the composer. */
export type Question =
  | {
      /** The router has not answered; this model could. */
      readonly kind: 'stand_in';
      readonly cause: 'loading' | 'slow' | 'failed';
      readonly modelId: string;
    }
  | {
      /** The model was chosen by hand, and the month's limit of its connection is used up. */
      readonly kind: 'over_budget';
      readonly modelId: string;
      readonly connectionId: string;
    };

/** `always`: yes, and do so from now on without asking. */
export type Reply = 'yes' | 'always' | 'no';

export interface QuestionsState {
  readonly open: Question | null;
}

export interface Asked {
  readonly reply: Promise<Reply>;
  /** What is known has changed; the same question stays open. */
  change(question: Question): void;
  /** There is no need for an answer any more. */
  withdraw(): void;
}

export interface QuestionsSlice {
  readonly store: StoreApi<QuestionsState>;
  /** Asks; a question that was still open is answered with no. */
  ask(question: Question): Asked;
  reply(reply: Reply): void;
}

export function createQuestionsSlice(): QuestionsSlice {
  const store = createStore<QuestionsState>(() => ({ open: null }));
  let settle: ((reply: Reply) => void) | null = null;

  const reply = (answer: Reply) => {
    const resolve = settle;
    settle = null;
    store.setState({ open: null });
    resolve?.(answer);
  };

  return {
    store,
    reply,
    ask: (question) => {
      if (settle) reply('no');
      let own: (reply: Reply) => void = () => undefined;
      const answered = new Promise<Reply>((resolve) => {
        own = resolve;
      });
      settle = own;
      store.setState({ open: question });
      const isOpen = () => settle === own;
      return {
        reply: answered,
        change: (changed) => isOpen() && store.setState({ open: changed }),
        withdraw: () => isOpen() && reply('no'),
      };
    },
  };
}
