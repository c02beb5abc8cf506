import type { PreferencePair } from './preference';

/**
 * The user's private interaction graph. Node types: user (one), task (the prototypes inside the exported model), query (one per pick
 * and the current prompt) and LLM. Edges: query –won/lost→ LLM with the responses' features, query – task by soft membership.
 * LLM nodes come with the routing request, since the pool changes; the picks are the edges.
 */
export interface HeteroGraph {
  /** Oldest first, undone ones left out; at most `HISTORY_LIMIT` of the newest are sent. */
  readonly picks: readonly PreferencePair[];
  /** `[picks]` time-decayed weights from the drift model, in (0, 1]. */
  readonly decay: readonly number[];
}

/** Picks that a route looks at. */
export const HISTORY_LIMIT = 512;

export const EMPTY_GRAPH: HeteroGraph = { picks: [], decay: [] };
