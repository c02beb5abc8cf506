import * as v from 'valibot';
import type { AvailableModel } from './language-model';

export interface ModelPage {
  readonly found: readonly AvailableModel[];
  /** Cursor of the next page. */
  readonly next: string | null;
}

const Id = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200));
const Text = v.fallback(v.nullish(v.string()), null);
const Count = v.fallback(v.nullish(v.pipe(v.number(), v.integer(), v.minValue(1))), null);
/** OpenRouter writes prices as text. */
const Price = v.fallback(v.nullish(v.pipe(v.union([v.string(), v.number()]), v.transform(Number), v.finite(), v.minValue(0))), null);
const Cursor = v.fallback(v.nullish(v.string()), null);

const OpenAICompatibleModel = v.object({
  id: Id,
  /** OpenRouter; Mistral repeats the id here. */
  name: Text,
  /** Together. */
  display_name: Text,
  type: Text,
  context_length: Count,
  /** Groq. */
  context_window: Count,
  /** vLLM. */
  max_model_len: Count,
  /** Mistral. */
  max_context_length: Count,
  capabilities: v.fallback(v.nullish(v.object({ completion_chat: v.optional(v.boolean()) })), null),
  /** OpenRouter: `prompt`, `completion` in US dollars per token. Together: `input`, `output` per million. */
  pricing: v.fallback(v.nullish(v.object({ prompt: Price, completion: Price, input: Price, output: Price })), null),
});

const AnthropicModel = v.object({ id: Id, display_name: Text, max_input_tokens: Count });

const GoogleModel = v.object({
  name: Id,
  displayName: Text,
  inputTokenLimit: Count,
  supportedGenerationMethods: v.fallback(v.nullish(v.array(v.string())), null),
});

/** `{data: [...]}` (Ollama without models: `null`), or a bare array (Together). */
const OpenAICompatibleList = v.union([v.object({ data: v.nullable(v.array(v.unknown())) }), v.array(v.unknown())]);
const AnthropicList = v.object({ data: v.array(v.unknown()), has_more: v.optional(v.boolean()), last_id: Cursor });
const GoogleList = v.object({ models: v.optional(v.array(v.unknown()), []), nextPageToken: Cursor });

/** Entries that do not parse are left out; null when the whole is not a model list. */
export function readOpenAICompatiblePage(value: unknown): ModelPage | null {
  const list = v.safeParse(OpenAICompatibleList, value);
  if (!list.success) return null;
  const items = Array.isArray(list.output) ? list.output : (list.output.data ?? []);
  const found = parseEach(OpenAICompatibleModel, items).filter(isChatModel).map(fromOpenAICompatible);
  return { found, next: null };
}

export function readAnthropicPage(value: unknown): ModelPage | null {
  const list = v.safeParse(AnthropicList, value);
  if (!list.success) return null;
  const found = parseEach(AnthropicModel, list.output.data).map((model) => ({
    ...UNKNOWN_PRICES,
    id: model.id,
    name: model.display_name ?? null,
    contextTokens: model.max_input_tokens ?? null,
  }));
  return { found, next: list.output.has_more === true ? (list.output.last_id ?? null) : null };
}

export function readGooglePage(value: unknown): ModelPage | null {
  const list = v.safeParse(GoogleList, value);
  if (!list.success) return null;
  const models = parseEach(GoogleModel, list.output.models);
  const found = models
    .filter((model) => model.supportedGenerationMethods?.includes('generateContent') ?? true)
    .map((model) => ({
      ...UNKNOWN_PRICES,
      id: model.name.replace(/^models\//, ''),
      name: model.displayName ?? null,
      contextTokens: model.inputTokenLimit ?? null,
    }));
  return { found, next: list.output.nextPageToken || null };
}

const UNKNOWN_PRICES = { priceInUsdPerMTok: null, priceOutUsdPerMTok: null } as const;

function parseEach<Schema extends v.GenericSchema>(schema: Schema, items: readonly unknown[]): v.InferOutput<Schema>[] {
  return items.flatMap((item) => {
    const parsed = v.safeParse(schema, item);
    return parsed.success ? [parsed.output] : [];
  });
}

type OpenAICompatibleEntry = v.InferOutput<typeof OpenAICompatibleModel>;

/** Kinds (Together) and ids (OpenAI, Groq, local servers) that cannot answer a chat. */
const OTHER_TYPES = /^(image|embedding|audio|moderation|rerank|transcribe|video)/;
const OTHER_IDS =
  /^(text-embedding|whisper|tts-|dall-e|(omni|text)-moderation|davinci-|babbage-|sora|(chat)?gpt-image)|(^|[-/])(embed(ding)?|realtime|transcribe|tts|whisper|reranker?)(-|$)|(^|\/)(nomic|mxbai|snowflake-arctic|bge)-/;

function isChatModel(model: OpenAICompatibleEntry): boolean {
  if (model.capabilities?.completion_chat === false) return false;
  return !OTHER_TYPES.test(model.type ?? '') && !OTHER_IDS.test(model.id.toLowerCase());
}

function fromOpenAICompatible(model: OpenAICompatibleEntry): AvailableModel {
  const name = model.name ?? model.display_name ?? null;
  return {
    id: model.id,
    name: name === model.id ? null : name,
    contextTokens: model.context_length ?? model.context_window ?? model.max_model_len ?? model.max_context_length ?? null,
    priceInUsdPerMTok: perMillion(model.pricing?.prompt) ?? model.pricing?.input ?? null,
    priceOutUsdPerMTok: perMillion(model.pricing?.completion) ?? model.pricing?.output ?? null,
  };
}

/** Rounded to a millionth of a dollar: 0.0000025 × 10⁶ is not quite 2.5 in binary. */
function perMillion(usdPerToken: number | null | undefined): number | null {
  return usdPerToken === null || usdPerToken === undefined ? null : Math.round(usdPerToken * 1e12) / 1e6;
}
