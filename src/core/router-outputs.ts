/** What one run of the exported graph returns for one prompt, row-major; see dimensions.ts for the sizes. M candidates, H picks. */
export interface RouterOutputs {
  /** `[M]` */
  readonly utility: Float32Array;
  /** `[M × 12]` */
  readonly axes: Float32Array;
  /** `[M × 8]` */
  readonly residual: Float32Array;
  /** `[20]` */
  readonly priorMean: Float32Array;
  /** `[20]` */
  readonly priorLogVariance: Float32Array;
  /** `[H]` in (0, 1]: how much each pick says about this prompt. */
  readonly evidenceRelevance: Float32Array;
  /** `[16]` */
  readonly taskMembership: Float32Array;
  /** `[12]` what every LLM's answer to this prompt shares, beyond what answers to an average prompt do; standardised axes. */
  readonly promptEffect: Float32Array;
}
