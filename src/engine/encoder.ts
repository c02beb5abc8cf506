import { phrase } from '../core/phrase';
import { PreTrainedTokenizer } from '@xenova/transformers';
import { EMBEDDING_SIZE } from '../core/dimensions';
import { EngineFailure } from '../protocol/failure';
import { LruCache } from './lru-cache';
import type { Feeds, GraphSession } from './runtime';

/** Embeddings remembered, at 1.5 kB each: the pool's descriptions and a long conversation. */
const REMEMBERED_TEXTS = 1_024;
/** 256 tokens are about 1,000 characters of prose; what lies beyond this cannot reach the model and is not tokenised. */
const MAX_CHARACTERS = 16_384;
const OUTPUT = 'sentence_embedding';

export interface EncoderFiles {
  /** `tokenizer.json`, parsed and verified. */
  readonly tokenizer: object;
  /** `tokenizer_config.json`, parsed and verified. */
  readonly tokenizerConfig: object;
}

/**
 * all-MiniLM-L6-v2 (Reimers & Gurevych 2019; Wang et al. 2020): text → `[384]`, mean-pooled and L2-normalised inside the graph.
 * The tokenizer is built from bytes that were already verified, so that nothing is fetched behind the engine's back. Texts go
 * through one by one: with dynamic quantisation a text's neighbours in a batch would change its numbers.
 */
export class SentenceEncoder {
  private readonly tokenizer: PreTrainedTokenizer;
  private readonly remembered = new LruCache<string, Float32Array>(REMEMBERED_TEXTS);

  constructor(
    private readonly session: GraphSession,
    files: EncoderFiles,
    private readonly maxTokens: number,
  ) {
    this.tokenizer = new PreTrainedTokenizer(files.tokenizer, files.tokenizerConfig);
  }

  /** @throws EngineFailure device_failed, manifest_invalid (another size than 384), cancelled */
  async encode(text: string, signal?: AbortSignal): Promise<Float32Array> {
    const known = this.recall(text);
    if (known !== null) return known;
    const embedding = await this.run(this.tokenIds(text), signal);
    this.remembered.set(text, embedding);
    return embedding;
  }

  /** The embedding if this text was encoded lately. */
  recall(text: string): Float32Array | null {
    return this.remembered.get(text) ?? null;
  }

  /** `[CLS] … [SEP]`, at most `maxTokens`; a longer text loses its end and keeps the `[SEP]`, as sentence-transformers does. */
  tokenIds(text: string): readonly number[] {
    const ids = this.tokenizer.encode(withPlainSigma(text.slice(0, MAX_CHARACTERS)));
    if (ids.length <= this.maxTokens) return ids;
    return [...ids.slice(0, this.maxTokens - 1), ...ids.slice(-1)];
  }

  /** Runs on made-up tokens, past the memory: WebAssembly and shaders are compiled by use. */
  async warmUp(tokenCount: number): Promise<void> {
    await this.run(Array.from({ length: tokenCount }, (_, index) => 1_000 + index));
  }

  private async run(ids: readonly number[], signal?: AbortSignal): Promise<Float32Array> {
    const values = await this.session.run(feedsOf(ids), [OUTPUT], signal);
    const embedding = values.get(OUTPUT);
    if (embedding?.length !== EMBEDDING_SIZE) {
      throw new EngineFailure({ kind: 'manifest_invalid', detail: phrase('The encoder gives {{found}} numbers, not {{expected}}.', { found: embedding?.length ?? 0, expected: EMBEDDING_SIZE }) });
    }
    return embedding;
  }
}

/** JavaScript lowers a word's last capital sigma to 'ς'; the tokenizer that the model was trained with makes it 'σ' everywhere. */
function withPlainSigma(text: string): string {
  return text.replaceAll('Σ', 'σ');
}

function feedsOf(ids: readonly number[]): Feeds {
  const dims = [1, ids.length];
  return {
    input_ids: { type: 'int64', data: BigInt64Array.from(ids, BigInt), dims },
    attention_mask: { type: 'int64', data: new BigInt64Array(ids.length).fill(1n), dims },
    token_type_ids: { type: 'int64', data: new BigInt64Array(ids.length), dims },
  };
}
