import { AXIS_COUNT } from '../../core/dimensions';
import { nearestCluster, updateFingerprint } from '../../core/llm-features';
import { TEMPORARY_ID, type ModelResponse, type Turn } from '../../core/conversation';
import type { App } from '../store/app';
import { preferencePair } from '../store/preference-pair';
import { awaitsPick, shownResponse } from '../store/turn-tree';
import { comparedResponses } from './judge-comparison';
import { judgeContext, recordForTurn } from './judge';
import { describeTurn } from './predictions';

/**
 * What follows a turn's answer: the model's fingerprint takes it in, a model the user chose against the router's pick is a weak preference, and a
 * comparison in which one model failed is called off. Never rejects: the answer is safe, and learning less is no reason to alarm.
 */
export async function afterAnswer(app: App, turnId: string): Promise<void> {
  try {
    await callOffComparison(app, turnId);
    const turn = app.chat.find(turnId) ?? (await app.platform.storage.turns.get(turnId));
    if (!turn || !app.engine.isReady()) return;
    const complete = turn.responses.filter((response) => response.status === 'complete');
    await measure(app, turn, complete);
    await noteSwitch(app, turn);
  } catch (thrown) {
    console.warn('Nothing was learned from this answer', thrown);
  }
}

async function callOffComparison(app: App, turnId: string): Promise<void> {
  const turn = app.chat.find(turnId);
  const pair = turn ? comparedResponses(turn) : null;
  if (!turn || !pair || !awaitsPick(turn)) return;
  const readable = pair.filter((response) => response.text.trim() !== '');
  if (readable.length === 2) return;
  const shown = readable[0] ?? pair[0];
  await app.chat.changeTurn(turnId, (current) => ({ ...current, shownResponseId: shown.id }));
}

/** Running means of what the models' answers are like, for the router's nodes of them; an answer of a temporary chat does not count. */
export async function measure(app: App, turn: Turn, responses: readonly ModelResponse[]): Promise<void> {
  const known = responses.filter(({ modelId }) => app.pool.connected(modelId) !== null);
  if (known.length === 0 || turn.conversationId === TEMPORARY_ID) return;
  const modelIds = known.map(({ modelId }) => modelId);
  const described = await describeTurn(app, turn, modelIds);
  const [{ judged }, { clusterCentroids }] = await Promise.all([judgeContext(app, turn, modelIds, described), app.platform.knowledge.fingerprints()]);
  const cluster = nearestCluster(described.queryEmbedding, clusterCentroids);
  for (const response of known) {
    const axes = judged(response.modelId, response).features.slice(0, AXIS_COUNT);
    await app.pool.setFingerprint(response.modelId, updateFingerprint(await app.pool.fingerprintOf(response.modelId), axes, cluster, described.promptEffect));
  }
}

/** The router would have taken another model than the one the user chose. */
async function noteSwitch(app: App, turn: Turn): Promise<void> {
  const response = shownResponse(turn);
  const routed = turn.decision?.ranking[0]?.modelId;
  if (turn.mode !== 'manual' || !response || response.status !== 'complete' || !routed || routed === response.modelId) return;
  await recordAgainst(app, turn, 'switch', response, { modelId: routed, response: null });
}

export interface PassedOver {
  readonly modelId: string;
  /** Null when it was never seen. */
  readonly response: ModelResponse | null;
}

/** A weak preference for `response` over a model that was passed over; none in a temporary chat. */
export async function recordAgainst(app: App, turn: Turn, source: 'switch' | 'regenerate', response: ModelResponse, other: PassedOver): Promise<void> {
  if (turn.conversationId === TEMPORARY_ID) return;
  const { judged, predictions } = await judgeContext(app, turn, [response.modelId, other.modelId]);
  const pair = preferencePair({
    id: app.platform.clock.newId(),
    createdAt: app.platform.clock.now(),
    source,
    outcome: 'win',
    chosen: judged(response.modelId, response),
    rejected: judged(other.modelId, other.response),
    queryEmbedding: predictions.queryEmbedding,
    prompt: turn.prompt,
    artifactVersion: predictions.artifactVersion,
    conversationId: turn.conversationId,
    turnId: turn.id,
  });
  await recordForTurn(app, pair, (current) => current);
}

