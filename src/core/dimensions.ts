/**
 * The shape of the router's space, shared by the exported graph, the adaptation and the benchmark.
 * A response is described by A named axes, things a person notices in it, and K learned residual dimensions.
 */
export const AXIS_NAMES = [
  'quality',
  'length',
  'length_fit',
  'structure',
  'simplicity',
  'warmth',
  'rigour',
  'certainty',
  'examples',
  'interaction',
  'code',
  'economy',
] as const;

export type AxisName = (typeof AXIS_NAMES)[number];

/** A: number of named axes. */
export const AXIS_COUNT = AXIS_NAMES.length;
/** K: number of learned residual dimensions. */
export const RESIDUAL_COUNT = 8;
/** D = A + K: size of a response's feature vector and of the user embedding. */
export const FEATURE_COUNT = AXIS_COUNT + RESIDUAL_COUNT;
/** Size of the sentence encoder's output (all-MiniLM-L6-v2). */
export const EMBEDDING_SIZE = 384;
/** Scalar features of a prompt's text, and words whose presence is one: see query-features.ts. */
export const QUERY_SCALAR_COUNT = 8;
export const QUERY_WORD_COUNT = 384;
export const QUERY_FEATURE_COUNT = QUERY_SCALAR_COUNT + QUERY_WORD_COUNT;
/** Numeric features of an LLM, see llm-features.ts. */
export const LLM_FEATURE_COUNT = 173;
/** Soft task prototypes in the graph. */
export const TASK_COUNT = 16;

export function axisIndex(name: AxisName): number {
  return AXIS_NAMES.indexOf(name);
}
