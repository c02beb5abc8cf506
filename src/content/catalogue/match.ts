import { CATALOGUE } from './index';
import type { CatalogueEntry } from './types';

/** Routing variants that OpenRouter appends after a colon; the model behind them is the same. */
const OPENROUTER_VARIANT = /^(free|nitro|floor|online|beta|thinking|extended|exacto|batch)$/;
const FILE_ENDING = /(\.gguf|-gguf|-mlx)$/;
/** Quantisation at the end of a file name or tag, as llama.cpp, Ollama, LM Studio, vLLM and MLX write it. */
const QUANTISATION = /[-.:@](i?q\d(-[a-z0-9]+)*|fp16|bf16|f16|fp8|int[48]|nvfp4|mxfp4|[2-8]bit|awq|gptq|qat)$/;
/** Snapshot dates and stability labels that providers append to an id. */
const SNAPSHOT = /(-20\d{2}-\d{2}-\d{2}|[-@]20\d{6}|-latest|-preview(-\d{2}-\d{2,4})?|-beta|-exp|-00\d)$/;
/** Ollama's words for "tuned for chat" inside a tag. */
const TAG_TUNING = /-(instruct|it|chat|cloud)$/;

function stripEnd(text: string, ending: RegExp): string {
  let current = text;
  for (let next = current.replace(ending, ''); next !== current; next = current.replace(ending, '')) current = next;
  return current;
}

/** Lower case, the last path segment, one separator, no file ending or quantisation. */
function canonical(modelId: string): string {
  const segments = modelId.trim().toLowerCase().split('/');
  const name = (segments.at(-1) ?? '').replace(/_/g, '-');
  return stripEnd(stripEnd(stripEnd(name, FILE_ENDING), QUANTISATION), FILE_ENDING).replace(/\./g, '-');
}

/** Splits `name:tag`; the tag loses what does not change the model: a default, a routing variant, tuning words. */
function splitTag(key: string): { readonly name: string; readonly tag: string } {
  const [name = '', rawTag = ''] = key.split(':', 2);
  const tag = stripEnd(stripEnd(rawTag, QUANTISATION), TAG_TUNING);
  const dropped = tag === 'latest' || tag === 'cloud' || OPENROUTER_VARIANT.test(tag) || QUANTISATION.test(`-${tag}`);
  return { name, tag: dropped ? '' : tag };
}

/** Keys to look an id up by, the most exact first. */
function lookupKeys(modelId: string): readonly string[] {
  const key = canonical(modelId);
  const { name, tag } = splitTag(key);
  const undated = stripEnd(name, SNAPSHOT);
  return tag === '' ? [key, name, undated] : [key, `${name}:${tag}`];
}

function buildIndex(): ReadonlyMap<string, CatalogueEntry> {
  const index = new Map<string, CatalogueEntry>();
  for (const entry of CATALOGUE) {
    for (const id of Object.values(entry.modelIds).flat()) {
      const key = canonical(id);
      const taken = index.get(key);
      if (taken !== undefined && taken !== entry) throw new Error(`"${id}" names both ${taken.id} and ${entry.id}`);
      index.set(key, entry);
    }
  }
  return index;
}

let cachedIndex: ReadonlyMap<string, CatalogueEntry> | undefined;

/** Built on first use, so that importing the catalogue costs nothing. */
function indexByKey(): ReadonlyMap<string, CatalogueEntry> {
  cachedIndex ??= buildIndex();
  return cachedIndex;
}

/**
 * The catalogue entry behind an id that a server returned, e.g. `gpt-5-mini-2025-08-07`, `anthropic/claude-sonnet-4.5`,
 * `llama3.2:3b-instruct-q4_K_M` or `models/gemini-2.5-flash`. Conservative: apart from case, path, quantisation, snapshot
 * date and routing variant an id must be listed; otherwise undefined, and the model is routed as an unknown one.
 */
export function matchModel(modelId: string): CatalogueEntry | undefined {
  const index = indexByKey();
  for (const key of lookupKeys(modelId)) {
    const entry = index.get(key);
    if (entry !== undefined) return entry;
  }
  return undefined;
}
