import type { ArtifactManifest, AxisConstants } from '../../src/core/manifest';
import type { RouterOutputs } from '../../src/core/router-outputs';
import type { Candidate } from '../../src/core/routing';
import type { GraphSession } from '../../src/engine/runtime';
import type { Ablation } from './ablation';
import type { Artifacts } from './artifacts';

export interface Prompt {
  readonly text: string;
  /** `[384]` */
  readonly embedding: Float32Array;
}

/** What a session needs of the shipped files and of the pool. */
export interface TacitSetting {
  readonly router: GraphSession;
  readonly manifest: ArtifactManifest;
  readonly axisConstants: AxisConstants;
  readonly candidates: readonly Candidate[];
  readonly prompts: readonly Prompt[];
  readonly off: ReadonlySet<Ablation>;
  /** From this pick on the session is told that the person's taste is another: earlier picks count nothing then. Absent: never told. */
  readonly toldAt?: number | null;
  /** `[48][384]` centres of the clusters of prompts. */
  readonly clusterCentroids: readonly (readonly number[])[];
  /** Runs without history depend on no person, so that sessions may share them. Keyed by prompt number. */
  readonly blank: Map<number, RouterOutputs>;
}

/** A pool of LLMs and prompts; everything is on but what `off` names. */
type Pool = Pick<TacitSetting, 'candidates' | 'prompts' | 'toldAt'> & Partial<Pick<TacitSetting, 'off'>>;

/** The shipped files on a pool. */
export function tacitSetting({ router, manifest, fingerprints }: Artifacts, { candidates, prompts, off = new Set(), toldAt = null }: Pool): TacitSetting {
  return { router, manifest, axisConstants: fingerprints.axisConstants, clusterCentroids: fingerprints.clusterCentroids, candidates, prompts, off, toldAt, blank: new Map() };
}
