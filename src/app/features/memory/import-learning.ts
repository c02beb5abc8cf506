import type { AdaptationState } from '../../../core/adaptation-state';
import { EMPTY_GRAPH, HISTORY_LIMIT } from '../../../core/graph';
import { IMPORT_WEIGHT, type JudgedResponse, type PreferencePair } from '../../../core/preference';
import type { Candidate, ModelCard } from '../../../core/routing';
import { unknownCard } from '../../../core/routing';
import type { ImportedJudgement, JudgedText } from '../../../exchange/model';
import type { App } from '../../store/app';
import { judgedResponse, preferencePair } from '../../store/preference-pair';
import { tasteChanges, type TasteChange } from '../../words/axis-words';

/** How many axes the preview names. */
const NAMED_CHANGES = 5;

export interface PrepareOptions {
  readonly onProgress: (done: number) => void;
  readonly signal: AbortSignal;
}

/**
 * Judgements as picks: each prompt is encoded and each answer measured, as for a pick made here. Nothing is stored. Rejects with EngineFailure or
 * the signal's reason.
 */
export async function preparePicks(app: App, judgements: readonly ImportedJudgement[], { onProgress, signal }: PrepareOptions): Promise<readonly PreferencePair[]> {
  const { axisConstants } = await app.platform.knowledge.fingerprints();
  const candidates = new ImportedModels(app);
  const picks: PreferencePair[] = [];
  for (const judgement of judgements) {
    signal.throwIfAborted();
    const { chosen, rejected, prompt } = judgement;
    const models = await Promise.all([chosen, rejected].map((answer) => (answer === null ? null : candidates.of(answer.model))));
    const reply = await app.engine.engine.call(
      'describe',
      { prompt, context: [], queryEmbedding: null, candidates: models.filter((model) => model !== null), graph: EMPTY_GRAPH },
      { signal },
    );
    const judged = (answer: JudgedText, at: number): JudgedResponse => {
      const expected = reply.responses[at];
      if (!expected) throw new Error(`The router knows nothing of ${answer.model}`);
      return judgedResponse({ modelId: expected.modelId, predicted: expected.features, blindUtility: expected.blindUtility, text: answer.text, costUsd: null, latencyMs: null, constants: axisConstants });
    };
    picks.push({
      ...preferencePair({
        id: `import-${judgement.id}`,
        createdAt: judgement.createdAt,
        source: 'import',
        outcome: judgement.outcome,
        chosen: judged(chosen, 0),
        rejected: rejected && judged(rejected, 1),
        queryEmbedding: reply.queryEmbedding,
        prompt,
        artifactVersion: reply.artifactVersion,
        conversationId: judgement.conversationId,
        turnId: judgement.turnId,
      }),
      weight: IMPORT_WEIGHT[judgement.kind],
    });
    onProgress(picks.length);
  }
  return picks;
}

export interface LearningPreview {
  readonly picks: readonly PreferencePair[];
  /** Picks that the log does not hold yet. */
  readonly fresh: number;
  readonly changes: readonly TasteChange[];
  readonly after: AdaptationState;
}

/** What would be learned: the adaptation of a log that holds these picks as well. Nothing is stored. Rejects with EngineFailure. */
export async function previewLearning(app: App, picks: readonly PreferencePair[]): Promise<LearningPreview> {
  const { log, adaptation } = app.memory.store.getState();
  const known = new Set(log.map((pick) => pick.id));
  const fresh = picks.filter((pick) => !known.has(pick.id));
  const candidates = await app.pool.candidates();
  const adapt = (all: readonly PreferencePair[], state: AdaptationState | null) =>
    app.engine.engine.call('adapt', { graph: { picks: all, decay: all.map(() => 1) }, state, candidates });
  const before = adaptation ?? (await adapt([], null));
  const active = log.filter((pick) => pick.undoneAt === null);
  const merged = [...active, ...fresh].toSorted(inReplayOrder).slice(-HISTORY_LIMIT);
  const after = await adapt(merged, adaptation && { ...adaptation, lastAppliedId: null, appliedCount: 0 });
  return { picks, fresh: fresh.length, changes: tasteChanges(before.userEmbedding, after.userEmbedding, NAMED_CHANGES), after };
}

function inReplayOrder(left: PreferencePair, right: PreferencePair): number {
  return left.createdAt - right.createdAt || (left.id < right.id ? -1 : 1);
}

/** Models of other apps as the router sees them: the user's own where the name fits, else the catalogue's, else a name and nothing more. */
class ImportedModels {
  private readonly found = new Map<string, Promise<Candidate>>();

  constructor(private readonly app: App) {}

  of(name: string): Promise<Candidate> {
    const known = this.found.get(name) ?? this.find(name);
    this.found.set(name, known);
    return known;
  }

  private async find(name: string): Promise<Candidate> {
    const { models, catalogue } = this.app.pool.store.getState();
    const isNamed = (id: string) => plainName(id) === plainName(name);
    const card = models.find((model) => isNamed(model.remoteId))?.card ?? catalogue.find((entry) => isNamed(entry.id)) ?? cardOf(name);
    const [candidate] = await this.app.pool.candidatesOf([card]);
    if (!candidate) throw new Error(`The model ${name} could not be described`);
    return candidate;
  }
}

function plainName(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1).toLowerCase().replace(/[._]/g, '-');
}

/** A model that only its name is known of. */
function cardOf(name: string): ModelCard {
  return { ...unknownCard(`imported/${name}`, name), family: plainName(name), description: `${name}.` };
}

/** Learns the picks and remembers them as one batch. */
export async function learnBatch(app: App, picks: readonly PreferencePair[], batch: { readonly from: string; readonly chats: number }): Promise<void> {
  const { clock } = app.platform;
  const known = new Set(app.memory.store.getState().log.map((pick) => pick.id));
  const pickIds = picks.filter((pick) => !known.has(pick.id)).map((pick) => pick.id);
  if (pickIds.length > 0) await app.memory.addMany(picks);
  if (pickIds.length > 0 || batch.chats > 0) {
    await app.settings.change('imports', (imports) => [...imports, { id: clock.newId(), at: clock.now(), from: batch.from, chats: batch.chats, pickIds }]);
  }
}
