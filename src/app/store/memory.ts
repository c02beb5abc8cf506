import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AdaptationState } from '../../core/adaptation-state';
import type { Turn } from '../../core/conversation';
import { decayWeights } from '../../core/drift';
import { EMPTY_GRAPH, HISTORY_LIMIT, type HeteroGraph } from '../../core/graph';
import type { PreferencePair } from '../../core/preference';
import type { AdaptationRepository } from '../../storage/adaptation';
import { pendingPreferences, type PreferenceRepository } from '../../storage/preferences';
import { thrownText } from '../words/thrown-text';
import type { EngineSlice } from './engine';
import type { PoolSlice } from './pool';

export interface MemoryState {
  readonly loaded: boolean;
  /** The whole log in replay order, undone picks included. */
  readonly log: readonly PreferencePair[];
  /** What has been learned from it; null before the first pick or the first engine start. */
  readonly adaptation: AdaptationState | null;
  /** A pick is in the log but not yet learned. */
  readonly learning: boolean;
  /** What kept the last pick from being learned; it is in the log and will be learned at the next start. */
  readonly problem: string | null;
}

export interface Learned {
  readonly before: AdaptationState | null;
  readonly after: AdaptationState | null;
}

export interface MemorySlice {
  readonly store: StoreApi<MemoryState>;
  /** Reads the log, then follows changes of other tabs. */
  load(): Promise<void>;
  /** The picks that count, for the router. */
  graph(): HeteroGraph;
  /** Appends first (with the change of the judged turn, in one transaction), then learns. The change can be shown from `before` and `after`. */
  record(pair: PreferencePair, changeTurn?: (turn: Turn) => Turn): Promise<Learned>;
  undo(preferenceId: string): Promise<void>;
  redo(preferenceId: string): Promise<void>;
  /** Adds picks with dates of their own and learns them; those already in the log stay as they are. */
  addMany(pairs: readonly PreferencePair[]): Promise<void>;
  /** Takes many back, or lets them count again, in one step. */
  setManyUndone(preferenceIds: readonly string[], undone: boolean): Promise<void>;
  /** Learns whatever the log holds and the state does not: after a crash, an import or with a new artifact. */
  catchUp(): Promise<void>;
  /** Fits the whole log afresh, starting from `state` (null: the prior). For example after a drift alarm was dismissed. */
  relearn(state: AdaptationState | null): Promise<void>;
  /** Erases the log and everything learned. */
  forgetAll(): Promise<void>;
}

export interface MemoryParts {
  readonly preferences: PreferenceRepository;
  readonly adaptation: AdaptationRepository;
  readonly engine: EngineSlice;
  readonly pool: PoolSlice;
  readonly now: () => number;
}

export function activePicks(log: readonly PreferencePair[]): readonly PreferencePair[] {
  return log.filter((pair) => pair.undoneAt === null);
}

/** Entries are never edited, only undone and redone. */
function sameLog(left: readonly PreferencePair[], right: readonly PreferencePair[]): boolean {
  return left.length === right.length && left.every((pair, index) => pair.id === right[index]?.id && pair.undoneAt === right[index].undoneAt);
}

/** Starts from the prior, but remembers which drift alarms the user dismissed. */
function replayFrom(state: AdaptationState | null): AdaptationState | null {
  return state && { ...state, lastAppliedId: null, appliedCount: 0 };
}

function isSameStep(left: AdaptationState | null, right: AdaptationState | null): boolean {
  return left?.lastAppliedId === right?.lastAppliedId && left?.appliedCount === right?.appliedCount;
}

export function createMemorySlice({ preferences, adaptation, engine, pool, now }: MemoryParts): MemorySlice {
  const store = createStore<MemoryState>(() => ({ loaded: false, log: [], adaptation: null, learning: false, problem: null }));
  /** Learning is serial: each fit starts from the one before. */
  let queue: Promise<void> = Promise.resolve();

  const showLog = (log: readonly PreferencePair[]) => store.setState((state) => ({ loaded: true, log: sameLog(state.log, log) ? state.log : log }));
  const readLog = async () => showLog(await preferences.list());

  const graph = (): HeteroGraph => {
    const { log, adaptation: state } = store.getState();
    const picks = activePicks(log).slice(-HISTORY_LIMIT);
    if (picks.length === 0) return EMPTY_GRAPH;
    return { picks, decay: state ? decayWeights(picks, state.drift) : picks.map(() => 1) };
  };

  /** One fit. The graph is read from the log, which both tabs share, so of two that learn at once the later state may replace the other. */
  const fit = async (start: AdaptationState | null) => {
    try {
      const candidates = await pool.candidates();
      const state = await engine.engine.call('adapt', { graph: graph(), state: start, candidates });
      await adaptation.replace(state);
      store.setState({ adaptation: state, problem: null });
    } catch (thrown) {
      store.setState({ problem: thrownText(thrown) });
    }
  };

  const learn = (start: () => AdaptationState | null): Promise<void> => {
    if (!engine.isReady()) return Promise.resolve();
    store.setState({ learning: true });
    queue = queue.then(() => fit(start())).finally(() => store.setState({ learning: false }));
    return queue;
  };

  /** Appending continues from the current state; anything inside it was changed: from the prior. */
  const learnPending = () => {
    const { log, adaptation: state } = store.getState();
    const pending = pendingPreferences(log, state);
    const picks = activePicks(log);
    // Past the limit a fresh fit counts only the newest picks, so there the last one alone tells whether it is up to date.
    const isWindow = picks.length > HISTORY_LIMIT && state?.lastAppliedId === picks.at(-1)?.id;
    if (state !== null && (isWindow || pending.kind === 'current')) return Promise.resolve();
    return learn(() => (pending.kind === 'refit' ? replayFrom(store.getState().adaptation) : store.getState().adaptation));
  };

  let stopFollowing: () => void = () => undefined;
  /** Shows what another tab has learned. When both learn at once, the one that stored last may have missed a pick of the other: made up for here. */
  const follow = (artifactVersion: string) => {
    const takeOver = async () => {
      const stored = await adaptation.get(artifactVersion);
      if (stored !== null && !isSameStep(store.getState().adaptation, stored)) store.setState({ adaptation: stored });
      await readLog();
      await learnPending();
    };
    stopFollowing();
    // A fit of this tab's own comes first, so that an older state never replaces it.
    stopFollowing = adaptation.watchOne(artifactVersion, { onValue: () => void queue.then(takeOver).catch(() => undefined) });
  };

  const changeLog = async (work: Promise<unknown>) => {
    await work;
    await readLog();
    await learnPending();
  };

  return {
    store,
    graph,
    load: async () => {
      await readLog();
      preferences.watchAll({ onValue: showLog });
    },
    record: async (pair, changeTurn) => {
      const before = store.getState().adaptation;
      await preferences.append(pair, changeTurn);
      await readLog();
      await learnPending();
      return { before, after: store.getState().adaptation };
    },
    undo: (preferenceId) => changeLog(preferences.undo(preferenceId, now())),
    redo: (preferenceId) => changeLog(preferences.redo(preferenceId)),
    addMany: (pairs) => changeLog(preferences.importMany(pairs)),
    setManyUndone: (preferenceIds, undone) => changeLog(preferences.setManyUndone(preferenceIds, undone ? now() : null)),
    catchUp: async () => {
      const phase = engine.store.getState().phase;
      if (phase.kind !== 'ready') return;
      store.setState({ adaptation: await adaptation.get(phase.status.artifactVersion) });
      await changeLog(Promise.resolve());
      follow(phase.status.artifactVersion);
    },
    relearn: (state) => learn(() => state),
    forgetAll: async () => {
      await preferences.forgetAll();
      store.setState({ log: [], adaptation: null, problem: null });
    },
  };
}
