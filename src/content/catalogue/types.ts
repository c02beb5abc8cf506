import type { ModelCard } from '../../core/routing';

/** Who answers under an id: a provider's own API, OpenRouter, or a local server. */
export type IdSource =
  | 'api'
  | 'openrouter'
  | 'groq'
  | 'together'
  | 'huggingface'
  | 'ollama'
  | 'lmstudio'
  | 'replay';

/** The ids under which servers list a model in `/v1/models`, by source. */
export type ModelIds = Readonly<Partial<Record<IdSource, readonly string[]>>>;

export interface PriceSource {
  readonly kind: 'library' | 'documentation' | 'none';
  /** `provider/model` in the price library, or the address of the page the price was read from. */
  readonly reference: string | null;
}

/**
 * A model that people use, as far as it is publicly known. `tier` is editorial: the author's placing relative to the LLMs the
 * router was trained on, 5 = at or above the GPT-4 Turbo class of 2024. Dates and sizes are good to a month and to the
 * marketing size.
 */
export interface CatalogueEntry extends Omit<ModelCard, 'local'> {
  readonly modelIds: ModelIds;
  readonly priceSource: PriceSource;
  /** `YYYY-MM-DD` from which the library lists another price, else null. */
  readonly priceChangesOn: string | null;
  /** Kept only to recognise it; not offered to new users. */
  readonly legacy: boolean;
}

/** What an author writes; prices come from the generated file, or by hand with the page they were read from. */
export interface EntryDraft {
  readonly id: string;
  readonly name: string;
  readonly provider: string;
  readonly family: string;
  readonly ids: ModelIds;
  readonly description: string;
  readonly contextTokens: number;
  readonly inputs?: readonly ('image' | 'audio')[];
  readonly paramsB?: number;
  readonly released: string | null;
  readonly tier: 1 | 2 | 3 | 4 | 5;
  readonly speed: 'fast' | 'medium' | 'slow';
  readonly open?: boolean;
  readonly reasoning?: boolean;
  /** Calls tools, as its maker says. Current models do unless told otherwise; null = not known. Of a legacy model it is not known unless told. */
  readonly tools?: boolean | null;
  readonly price?: { readonly in: number; readonly out: number; readonly page: string };
}
