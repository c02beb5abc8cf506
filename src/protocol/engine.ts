import type { Words } from '../core/phrase';
import type { AdaptationState } from '../core/adaptation-state';
import type { HeteroGraph } from '../core/graph';
import type { Candidate, RoutingDecision, RoutingRequest } from '../core/routing';

/**
 * The worker's contract: one typed method map, from which requests and replies are derived.
 * Every value survives structured clone. The engine writes no disk: state goes in, new state comes out.
 */
export interface EngineMethods {
  /** Loads, verifies and warms up; may be called again after a worker died. Idempotent. */
  load: { request: LoadRequest; progress: LoadProgress; response: EngineStatus };
  /** `texts.length` L2-normalised embeddings of 384. Progress after each text that was not remembered. */
  encode: { request: EncodeRequest; progress: EncodeProgress; response: readonly Float32Array[] };
  route: { request: RoutingRequest; progress: never; response: RouteReply };
  /** Predicted feature vectors of named models for a prompt, to describe unmeasured axes of a judged response. */
  describe: { request: DescribeRequest; progress: never; response: DescribeReply };
  /** Re-fits the user embedding after picks were appended, undone or imported. */
  adapt: { request: AdaptRequest; progress: never; response: AdaptationState };
  /** The next pair that teaches most, among pairs already described. */
  nextPair: { request: NextPairRequest; progress: never; response: NextPairReply };
}

export type EngineMethod = keyof EngineMethods;

export type ExecutionProvider = 'webgpu' | 'wasm';

export interface LoadRequest {
  /** Absolute URL of the folder that holds `manifest.json`. */
  readonly modelsUrl: string;
  /** 'auto' probes for a hardware adapter; the others force a device (tests, settings). */
  readonly device: 'auto' | ExecutionProvider;
  /** Treat a software adapter as hardware; for tests. */
  readonly allowFallbackAdapter: boolean;
  /** Set by the client when it restarts on WASM after a fault; becomes the status's `deviceNote`. */
  readonly fallbackReason?: Words;
}

export interface LoadProgress {
  readonly stage: 'probe' | 'manifest' | 'encoder' | 'router' | 'warm-up';
  readonly loadedBytes: number;
  readonly totalBytes: number;
}

export interface EngineStatus {
  readonly device: ExecutionProvider;
  /** Why it is not the GPU, in words for a person; null on the GPU. */
  readonly deviceNote: Words | null;
  readonly adapter: string | null;
  readonly threads: number;
  readonly loadMs: number;
  readonly artifactVersion: string;
  readonly encoderFile: string;
}

export interface EncodeRequest {
  readonly texts: readonly string[];
}

export interface EncodeProgress {
  readonly encoded: number;
  readonly total: number;
}

export interface StageTimings {
  readonly encodeMs: number;
  readonly graphMs: number;
  readonly adaptMs: number;
  readonly totalMs: number;
}

export interface RouteReply {
  readonly decision: RoutingDecision;
  readonly timings: StageTimings;
}

export interface DescribeRequest {
  readonly prompt: string;
  readonly context: readonly string[];
  /** `[384]`, when already known; saves the encoder. */
  readonly queryEmbedding: Float32Array | null;
  readonly candidates: readonly Candidate[];
  readonly graph: HeteroGraph;
}

export interface DescribeReply {
  readonly queryEmbedding: Float32Array;
  /** One per candidate, same order. */
  readonly responses: readonly { readonly modelId: string; readonly features: readonly number[]; readonly blindUtility: number }[];
  /** `[12]`, see RouterOutputs. */
  readonly promptEffect: Float32Array;
  readonly artifactVersion: string;
}

export interface AdaptRequest {
  readonly graph: HeteroGraph;
  /** Null starts from the prior. */
  readonly state: AdaptationState | null;
  readonly candidates: readonly Candidate[];
}

export interface NextPairRequest {
  readonly graph: HeteroGraph;
  readonly state: AdaptationState | null;
  readonly pairs: readonly {
    readonly id: string;
    readonly queryEmbedding: Float32Array;
    readonly left: readonly number[];
    readonly right: readonly number[];
  }[];
  readonly seed: number;
}

export interface NextPairReply {
  readonly pairId: string;
  /** Expected reduction of the profile's uncertainty, nats. */
  readonly informationNats: number;
  readonly propensity: number;
}

/** Errors that cross the worker boundary are discriminated plain data. */
export type EngineError =
  | { readonly kind: 'artifact_unreachable'; readonly path: string; readonly status: number | null }
  | { readonly kind: 'artifact_corrupt'; readonly path: string; readonly expectedSha256: string; readonly actualSha256: string }
  | { readonly kind: 'manifest_invalid'; readonly detail: Words }
  | { readonly kind: 'device_failed'; readonly device: ExecutionProvider; readonly detail: Words }
  | { readonly kind: 'timed_out'; readonly method: EngineMethod; readonly afterMs: number }
  | { readonly kind: 'worker_died'; readonly detail: Words }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'not_loaded' }
  | { readonly kind: 'no_candidates' }
  | { readonly kind: 'internal'; readonly detail: Words };
