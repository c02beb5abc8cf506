import type { QuizPrompt } from '../../../content/quiz';
import type { EngineSlice } from '../../store/engine';

/** Prompts encoded in one call: few, so that a pick need not wait long behind them. */
const BATCH = 4;

/** The quiz prompts' embeddings, encoded a few at a time: the first pair can be shown while the rest is on its way. */
export class PromptEmbeddings {
  private readonly vectors = new Map<string, Float32Array>();
  private rest: Promise<void> | null = null;

  constructor(
    private readonly engine: EngineSlice,
    private readonly prompts: readonly QuizPrompt[],
  ) {}

  get(promptId: string): Float32Array | null {
    return this.vectors.get(promptId) ?? null;
  }

  /** Resolves when at least one of the prompts `wanted` accepts is encoded. Rejects with EngineFailure. */
  async encodeSome(wanted: (prompt: QuizPrompt) => boolean): Promise<void> {
    const open = this.prompts.filter(wanted);
    if (open.some((prompt) => this.vectors.has(prompt.id))) return;
    await this.encode(open.slice(0, BATCH));
  }

  /** Encodes what is missing, in the background. A failure ends it silently: the next call, or the next need, tries again. */
  encodeRest(): Promise<void> {
    this.rest ??= this.encodeAll()
      .catch(() => undefined)
      .finally(() => (this.rest = null));
    return this.rest;
  }

  private async encodeAll(): Promise<void> {
    for (let missing = this.missing(); missing.length > 0; missing = this.missing()) await this.encode(missing.slice(0, BATCH));
  }

  private missing(): readonly QuizPrompt[] {
    return this.prompts.filter((prompt) => !this.vectors.has(prompt.id));
  }

  private async encode(prompts: readonly QuizPrompt[]): Promise<void> {
    const vectors = await this.engine.engine.call('encode', { texts: prompts.map((prompt) => prompt.prompt) });
    prompts.forEach((prompt, index) => {
      const vector = vectors[index];
      if (!vector) throw new Error(`The encoder gave ${vectors.length} embeddings for ${prompts.length} texts`);
      this.vectors.set(prompt.id, vector);
    });
  }
}
