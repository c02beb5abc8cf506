import { createStore, type StoreApi } from 'zustand/vanilla';
import type { QuizPrompt } from '../../../content/quiz';
import type { AxisConstants } from '../../../core/manifest';
import type { Outcome } from '../../../core/preference';
import { createRandom } from '../../../core/random';
import type { App } from '../../store/app';
import { preferencePair } from '../../store/preference-pair';
import type { TasteChange } from '../../words/axis-words';
import { changesFromPick } from '../../words/taste-profile';
import { thrownText } from '../../words/thrown-text';
import { describeAnswer, shuffled, unusedPairs, type CandidatePair } from './deck';
import { PromptEmbeddings } from './prompt-embeddings';

/** Picks after which a profile is useful; one can stop before and go on after. */
export const ROUND_LENGTH = 10;
const NAMED_CHANGES = 2;

export type QuizPick = 'left' | 'right' | 'tie' | 'both_bad';

/** A pair as it stands on screen. */
export interface ShownPair extends CandidatePair {
  /** Whether `answers[0]` stands on the left. */
  readonly inOrder: boolean;
  readonly propensity: number;
}

export interface MadePick {
  readonly preferenceId: string;
  readonly pair: ShownPair;
  readonly pick: QuizPick;
  /** Null while it is being learned. */
  readonly changes: readonly TasteChange[] | null;
}

export type QuizPhase =
  /** Waiting for the engine, or for the next pair. */
  | { readonly kind: 'preparing' }
  | { readonly kind: 'asking'; readonly pair: ShownPair }
  /** The pick is being recorded and the next pair chosen. */
  | { readonly kind: 'learning'; readonly pair: ShownPair; readonly pick: QuizPick }
  | { readonly kind: 'finished' }
  /** Every pair has been judged or skipped. */
  | { readonly kind: 'exhausted' }
  | { readonly kind: 'failed'; readonly detail: string };

export interface QuizState {
  readonly phase: QuizPhase;
  /** Of this round, oldest first. */
  readonly made: readonly MadePick[];
}

export interface QuizSession {
  readonly store: StoreApi<QuizState>;
  /** Begins or resumes; waits for the engine. Never rejects. */
  start(): Promise<void>;
  pick(pick: QuizPick): Promise<void>;
  /** Another prompt; nothing is learned. */
  skip(): Promise<void>;
  /** Takes the last pick of this round back and asks it again. */
  undo(): Promise<void>;
  finish(): void;
  /** More of the same round, or a new one. */
  goOn(): Promise<void>;
}

type LoadPrompts = () => Promise<readonly QuizPrompt[]>;

const loadContent: LoadPrompts = async () => (await import('../../../content/quiz')).QUIZ_PROMPTS;

const OUTCOME: Readonly<Record<QuizPick, Outcome>> = { left: 'win', right: 'win', tie: 'tie', both_bad: 'both_bad' };

interface Deck {
  readonly prompts: readonly QuizPrompt[];
  readonly embeddings: PromptEmbeddings;
  readonly constants: AxisConstants;
}

/** The quiz without a screen: chooses what to ask, records what is picked. Prompts come in a seeded order, pairs by what they teach. */
export function createQuizSession(app: App, loadPrompts: LoadPrompts = loadContent): QuizSession {
  const store = createStore<QuizState>(() => ({ phase: { kind: 'preparing' }, made: [] }));
  const skipped = new Set<string>();
  let loading: Promise<Deck> | null = null;
  let starting: Promise<void> | null = null;

  const show = (phase: QuizPhase) => store.setState({ phase });

  const loadDeck = (): Promise<Deck> => {
    loading ??= readDeck(app, loadPrompts);
    // A failed load is tried again at the next call.
    loading.catch(() => (loading = null));
    return loading;
  };

  const guarded = async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (thrown) {
      show({ kind: 'failed', detail: thrownText(thrown) });
    }
  };

  const askNext = async () => {
    const deck = await loadDeck();
    const open = unusedPairs(deck.prompts, app.memory.store.getState().log, skipped);
    if (open.length === 0) return show({ kind: 'exhausted' });
    const openIds = new Set(open.map((pair) => pair.prompt.id));
    await deck.embeddings.encodeSome((prompt) => openIds.has(prompt.id));
    const pair = await chooseTeaching(app, deck, open);
    show({ kind: 'asking', pair });
    void deck.embeddings.encodeRest();
  };

  const begin = async () => {
    await app.engine.whenReady();
    await askNext();
  };

  const note = (preferenceId: string, changes: readonly TasteChange[]) =>
    store.setState(({ made }) => ({ made: made.map((one) => (one.preferenceId === preferenceId ? { ...one, changes } : one)) }));

  /** The next pair is chosen from the log, so it need not wait until the pick is learned. */
  const record = async (pair: ShownPair, pick: QuizPick) => {
    const preference = toPreference(app, await loadDeck(), pair, pick);
    const learning = app.memory.record(preference);
    await Promise.race([learning, untilLogged(app, preference.id)]);
    store.setState(({ made }) => ({ made: [...made, { preferenceId: preference.id, pair, pick, changes: null }] }));
    const isLast = store.getState().made.length === ROUND_LENGTH;
    const noted = learning.then(({ after }) => note(preference.id, after === null ? [] : changesFromPick(preference, after.covariance, NAMED_CHANGES)));
    await Promise.all([noted, isLast ? noted.then(finish) : askNext()]);
  };

  const finish = () => {
    show({ kind: 'finished' });
    if (store.getState().made.length === 0) return;
    const { quiz } = app.settings.store.getState();
    void app.settings.set('quiz', { ...quiz, completedAt: app.platform.clock.now() });
  };

  return {
    store,
    start: () => {
      const isIdle = store.getState().phase.kind === 'preparing' || store.getState().phase.kind === 'failed';
      if (!isIdle) return Promise.resolve();
      starting ??= guarded(async () => {
        show({ kind: 'preparing' });
        await begin();
      }).finally(() => (starting = null));
      return starting;
    },
    pick: async (pick) => {
      const { phase } = store.getState();
      if (phase.kind !== 'asking') return;
      show({ kind: 'learning', pair: phase.pair, pick });
      await guarded(() => record(phase.pair, pick));
    },
    skip: async () => {
      const { phase } = store.getState();
      if (phase.kind !== 'asking') return;
      skipped.add(phase.pair.prompt.id);
      show({ kind: 'preparing' });
      await guarded(askNext);
    },
    undo: async () => {
      const { made, phase } = store.getState();
      const last = made.at(-1);
      if (!last || phase.kind === 'learning') return;
      show({ kind: 'asking', pair: last.pair });
      store.setState({ made: made.slice(0, -1) });
      await guarded(() => app.memory.undo(last.preferenceId));
    },
    finish,
    goOn: async () => {
      const { made } = store.getState();
      if (made.length >= ROUND_LENGTH) store.setState({ made: [] });
      show({ kind: 'preparing' });
      await guarded(begin);
    },
  };
}

function untilLogged({ memory }: App, preferenceId: string): Promise<void> {
  return new Promise((resolve) => {
    const stop = memory.store.subscribe(({ log }) => {
      if (!log.some((pick) => pick.id === preferenceId)) return;
      stop();
      resolve();
    });
  });
}

async function readDeck(app: App, loadPrompts: LoadPrompts): Promise<Deck> {
  const [content, table] = await Promise.all([loadPrompts(), app.platform.knowledge.fingerprints()]);
  const prompts = shuffled(content, app.platform.clock.newSeed());
  return { prompts, embeddings: new PromptEmbeddings(app.engine, prompts), constants: table.axisConstants };
}

/** Of the pairs whose prompt is encoded, the one that teaches most; sides by lot. */
async function chooseTeaching(app: App, { embeddings, constants }: Deck, open: readonly CandidatePair[]): Promise<ShownPair> {
  const pairs = open.flatMap(({ id, prompt, answers: [first, second] }) => {
    const queryEmbedding = embeddings.get(prompt.id);
    return queryEmbedding ? [{ id, queryEmbedding, left: describeAnswer(first, constants).features, right: describeAnswer(second, constants).features }] : [];
  });
  const seed = app.platform.clock.newSeed();
  const reply = await app.engine.engine.call('nextPair', { graph: app.memory.graph(), state: app.memory.store.getState().adaptation, pairs, seed });
  const chosen = open.find((pair) => pair.id === reply.pairId);
  if (!chosen) throw new Error(`The engine chose a pair that was not offered: ${reply.pairId}`);
  return { ...chosen, inOrder: createRandom(app.platform.clock.newSeed())() < 0.5, propensity: reply.propensity };
}

function toPreference(app: App, { embeddings, constants }: Deck, pair: ShownPair, pick: QuizPick) {
  const queryEmbedding = embeddings.get(pair.prompt.id);
  const phase = app.engine.store.getState().phase;
  if (!queryEmbedding || phase.kind !== 'ready') throw new Error('The router is not loaded, so this pick could not be described.');
  const { left, right } = sidesOf(pair);
  const [chosen, rejected] = pick === 'right' ? [right, left] : [left, right];
  return preferencePair({
    id: app.platform.clock.newId(),
    createdAt: app.platform.clock.now(),
    source: 'quiz',
    outcome: OUTCOME[pick],
    chosen: describeAnswer(chosen, constants),
    rejected: describeAnswer(rejected, constants),
    queryEmbedding,
    prompt: pair.prompt.prompt,
    artifactVersion: phase.status.artifactVersion,
    blind: true,
    chosenSide: pick === 'right' ? 'right' : 'left',
    propensity: pair.propensity,
  });
}

export function sidesOf({ answers: [first, second], inOrder }: ShownPair) {
  return inOrder ? { left: first, right: second } : { left: second, right: first };
}
