import * as v from 'valibot';

/** The rows of a data folder, as far as the benchmark reads them. */
export const PromptRow = v.object({ id: v.string(), task: v.string(), query: v.string(), words: v.number(), tok_est: v.number() });
export type PromptRow = v.InferOutput<typeof PromptRow>;

export const LlmRow = v.object({
  id: v.string(),
  family: v.string(),
  provider: v.string(),
  params_b: v.nullable(v.number()),
  released: v.nullable(v.string()),
  context_tokens: v.nullable(v.number()),
  kind: v.string(),
  price_in_usd_per_mtok: v.nullable(v.number()),
  price_out_usd_per_mtok: v.nullable(v.number()),
  price_kind: v.nullish(v.string()),
  description: v.string(),
});
export type LlmRow = v.InferOutput<typeof LlmRow>;

const TraitWeights = v.record(v.string(), v.number());

export const UserRow = v.object({
  id: v.string(),
  kind: v.string(),
  quality_weight: v.number(),
  cost_weight: v.number(),
  trait_weights: TraitWeights,
  task_trait_weights: v.nullish(v.record(v.string(), TraitWeights)),
  ideal_words: v.nullish(v.number()),
  noise: v.number(),
  profile: v.nullish(v.string()),
  split: v.nullish(v.string()),
});
export type UserRow = v.InferOutput<typeof UserRow>;

export const Splits = v.object({
  alpacaeval_prompts: v.record(v.string(), v.string()),
  llm_families: v.record(v.string(), v.string()),
  observed_pool: v.nullish(v.array(v.string())),
  trait_mean: v.nullish(v.record(v.string(), v.number())),
  trait_sd: v.nullish(v.record(v.string(), v.number())),
  cost_p1_usd: v.nullish(v.number()),
  cost_p99_usd: v.nullish(v.number()),
});
export type Splits = v.InferOutput<typeof Splits>;
