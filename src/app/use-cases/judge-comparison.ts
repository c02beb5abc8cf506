import type { ModelResponse, Turn } from '../../core/conversation';
import type { Outcome, PreferencePair } from '../../core/preference';
import type { App } from '../store/app';
import { preferencePair } from '../store/preference-pair';
import { awaitsPick } from '../store/turn-tree';
import { judgeContext, recordForTurn } from './judge';

export type ComparisonPick = 'left' | 'right' | 'tie' | 'both_bad';

const OUTCOME: Readonly<Record<ComparisonPick, Outcome>> = { left: 'win', right: 'win', tie: 'tie', both_bad: 'both_bad' };

/** Left and right response of a comparison, or null when the turn has none. */
export function comparedResponses(turn: Turn): readonly [ModelResponse, ModelResponse] | null {
  const [left, right] = (turn.comparison?.responseIds ?? []).map((id) => turn.responses.find((response) => response.id === id));
  return left && right ? [left, right] : null;
}

/** Both have ended with something to read. */
export function canJudge(turn: Turn): boolean {
  const pair = comparedResponses(turn);
  return awaitsPick(turn) && pair !== null && pair.every((response) => response.status !== 'streaming' && response.text.trim() !== '');
}

/**
 * The better of two is picked: recorded with the turn in one transaction, learned, and the names revealed. The pick has the turn's own id, so that
 * judging twice, or in two tabs, counts once. Rejects when it could not be recorded; then the comparison is open again.
 */
export async function judgeComparison(app: App, turnId: string, pick: ComparisonPick): Promise<void> {
  const turn = app.chat.find(turnId);
  const pair = turn && canJudge(turn) ? comparedResponses(turn) : null;
  if (!turn || !pair) return;
  const chosen = pick === 'right' ? pair[1] : pair[0];
  const preferenceId = `${turnId}-pick`;
  const settle = (current: Turn): Turn =>
    current.comparison ? { ...current, shownResponseId: chosen.id, comparison: { ...current.comparison, preferenceId } } : current;
  app.chat.showTurn(settle(turn));
  try {
    await recordForTurn(app, await pickOf(app, turn, pair, pick, preferenceId), settle);
  } catch (thrown) {
    app.chat.showTurn(turn);
    throw thrown;
  }
}

async function pickOf(app: App, turn: Turn, pair: readonly [ModelResponse, ModelResponse], pick: ComparisonPick, id: string): Promise<PreferencePair> {
  const [chosen, rejected] = pick === 'right' ? [pair[1], pair[0]] : pair;
  const { judged, predictions } = await judgeContext(app, turn, [chosen.modelId, rejected.modelId]);
  return preferencePair({
    id,
    createdAt: app.platform.clock.now(),
    source: 'compare',
    outcome: OUTCOME[pick],
    chosen: judged(chosen.modelId, chosen),
    rejected: judged(rejected.modelId, rejected),
    queryEmbedding: predictions.queryEmbedding,
    prompt: turn.prompt,
    artifactVersion: predictions.artifactVersion,
    blind: true,
    chosenSide: pick === 'right' ? 'right' : 'left',
    propensity: turn.decision?.plan.kind === 'compare' ? turn.decision.plan.propensity : 1,
    conversationId: turn.conversationId,
    turnId: turn.id,
  });
}

/** Nothing is learned; the conversation goes on with the answer the router thought better, or the one that has text. */
export async function skipComparison(app: App, turnId: string): Promise<void> {
  const turn = app.chat.find(turnId);
  const pair = turn ? comparedResponses(turn) : null;
  if (!turn || !pair || !awaitsPick(turn)) return;
  const order = turn.decision?.ranking.map((candidate) => candidate.modelId) ?? [];
  const readable = pair.filter((response) => response.text.trim() !== '');
  const best = (readable.length > 0 ? readable : pair).toSorted((left, right) => order.indexOf(left.modelId) - order.indexOf(right.modelId))[0];
  if (best) await app.chat.changeTurn(turnId, (current) => ({ ...current, shownResponseId: best.id }));
}
