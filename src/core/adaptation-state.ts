/**
 * What has been learned about the user, as one plain value. It can always be replayed from the preference log;
 * `lastAppliedId` makes applying a pick twice equal applying it once.
 */
export interface AdaptationState {
  readonly schemaVersion: 1;
  readonly artifactVersion: string;
  /** `[20]` posterior mean z* of the user embedding for the average of the user's prompts. */
  readonly userEmbedding: readonly number[];
  /** `[20 × 20]` row-major posterior covariance. */
  readonly covariance: readonly number[];
  readonly lastAppliedId: string | null;
  readonly appliedCount: number;
  readonly drift: DriftState;
}

/** Time decay of the evidence: w_i = 2^(−age/h), age in picks, h chosen online by prequential log loss. */
export interface DriftState {
  /** Picks after which evidence counts half; null = no decay. */
  readonly halfLifePicks: number | null;
  /** Prequential log loss of each half-life, nats, older losses faded; same order as `HALF_LIFE_GRID` in drift.ts. */
  readonly prequentialLoss: readonly number[];
  readonly predictionCount: number;
  /** Posterior probability that taste changed just before each of the recent picks; what is missing from 1 is "it did not". */
  readonly changes: readonly SuspectedChange[];
  /** Set when the alarm fired: picks before this one hardly count any more. Undoable, see `dismissChange` in adaptation.ts. */
  readonly changeAtPickId: string | null;
  /** The user said "my taste did not change": alarms that start at or before this pick are ignored in every replay. */
  readonly dismissedPickId: string | null;
}

export interface SuspectedChange {
  readonly pickId: string;
  readonly probability: number;
}
