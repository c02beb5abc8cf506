import type { ModelResponse, Turn } from '../../core/conversation';
import type { ConversationChange } from '../../storage/turns';

/** The branch that ends in `leafId`, first turn first. */
export function branch(turns: readonly Turn[], leafId: string | null): readonly Turn[] {
  const byId = new Map(turns.map((turn) => [turn.id, turn]));
  const path: Turn[] = [];
  let turn = leafId === null ? undefined : byId.get(leafId);
  const seen = new Set<Turn>();
  while (turn && !seen.has(turn)) {
    seen.add(turn);
    path.push(turn);
    turn = turn.parentId === null ? undefined : byId.get(turn.parentId);
  }
  return path.toReversed();
}

/** Turns that share a parent, oldest first; more than one when a prompt was edited. */
export function siblings(turns: readonly Turn[], turn: Turn): readonly Turn[] {
  return childrenByParent(turns).get(turn.parentId) ?? [];
}

/** The newest end of the branch that goes through `turn`. */
export function leafBelow(turns: readonly Turn[], turn: Turn): Turn {
  const children = childrenByParent(turns);
  let leaf = turn;
  for (let next = children.get(leaf.id)?.at(-1); next; next = children.get(leaf.id)?.at(-1)) leaf = next;
  return leaf;
}

type Children = ReadonlyMap<string | null, readonly Turn[]>;

const childrenOf = new WeakMap<readonly Turn[], Children>();

/** Once per list: every turn on screen asks for its siblings. */
function childrenByParent(turns: readonly Turn[]): Children {
  const known = childrenOf.get(turns);
  if (known) return known;
  const children = new Map<string | null, Turn[]>();
  for (const turn of turns) {
    const others = children.get(turn.parentId);
    if (others) others.push(turn);
    else children.set(turn.parentId, [turn]);
  }
  childrenOf.set(turns, children);
  return children;
}

/** The answer that later turns build on; while a comparison waits, none. */
export function shownResponse(turn: Turn): ModelResponse | null {
  return turn.responses.find((response) => response.id === turn.shownResponseId) ?? null;
}

/** A comparison still waits for its pick. */
export function awaitsPick(turn: Turn): boolean {
  return turn.comparison !== null && turn.comparison.preferenceId === null && turn.shownResponseId === null;
}

/** The turns on screen with what changed on disk: others keep their place and their identity. A decision that was loaded stays. */
export function patchTurns(shown: readonly Turn[], { changed, gone, everything }: ConversationChange): readonly Turn[] {
  const known = new Map(shown.map((turn) => [turn.id, turn]));
  if (everything) return everything.map((turn) => ({ ...turn, decision: turn.decision ?? known.get(turn.id)?.decision ?? null }));
  const away = new Set(gone);
  const newest = new Map(changed.map((turn) => [turn.id, turn]));
  const kept = shown.filter((turn) => !away.has(turn.id)).map((turn) => newest.get(turn.id) ?? turn);
  const added = changed.filter((turn) => !known.has(turn.id));
  return added.length === 0 ? kept : [...kept, ...added].toSorted((left, right) => left.createdAt - right.createdAt);
}

/**
 * What is on disk, except where this tab knows better: responses it is receiving are newer in memory. Unchanged turns keep their identity,
 * so that nothing renders twice.
 */
export function mergeTurns(
  shown: readonly Turn[],
  stored: readonly Turn[],
  live: ReadonlyMap<string, Turn>,
  running: { has(responseId: string): boolean },
): readonly Turn[] {
  const known = new Map(shown.map((turn) => [turn.id, turn]));
  const merged = stored.map((turn) => {
    const newest = live.get(turn.id) ?? known.get(turn.id);
    if (!newest) return turn;
    const next = withRunning(turn, newest, running);
    return sameTurn(next, newest) ? newest : next;
  });
  const ids = new Set(stored.map((turn) => turn.id));
  const unseen = shown.filter((turn) => live.has(turn.id) && !ids.has(turn.id));
  return [...merged, ...unseen];
}

function withRunning(stored: Turn, newest: Turn, running: { has(responseId: string): boolean }): Turn {
  const mine = newest.responses.filter((response) => running.has(response.id));
  const others = stored.responses.filter((response) => !running.has(response.id));
  if (mine.length === 0) return stored;
  const order = newest.responses.map((response) => response.id);
  return { ...stored, responses: [...others, ...mine].toSorted((left, right) => order.indexOf(left.id) - order.indexOf(right.id)) };
}

function sameTurn(left: Turn, right: Turn): boolean {
  return (
    left.shownResponseId === right.shownResponseId &&
    left.thumbs === right.thumbs &&
    left.comparison?.preferenceId === right.comparison?.preferenceId &&
    (left.decision === null) === (right.decision === null) &&
    left.responses.length === right.responses.length &&
    left.responses.every((response, index) => sameResponse(response, right.responses[index]))
  );
}

function sameResponse(left: ModelResponse, right: ModelResponse | undefined): boolean {
  return (
    right !== undefined &&
    left.id === right.id &&
    left.status === right.status &&
    left.text.length === right.text.length &&
    left.reasoningText.length === right.reasoningText.length &&
    left.costUsd === right.costUsd
  );
}
