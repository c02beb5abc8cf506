import type { ModelCard } from '../../core/routing';
import generated from '../prices.generated.json';
import type { CatalogueEntry, EntryDraft } from './types';

interface PriceRow {
  readonly reference: string;
  readonly input: number;
  readonly output: number;
  readonly changesOn: string | null;
}

const PRICES: ReadonlyMap<string, PriceRow> = new Map(Object.entries(generated.prices));

/** The price library, its version and the day whose prices are shown, for the settings page. */
export const PRICE_LIST = { library: generated.library, version: generated.version, date: generated.date } as const;

type Price = Pick<CatalogueEntry, 'priceInUsdPerMTok' | 'priceOutUsdPerMTok' | 'priceSource' | 'priceChangesOn'>;

/** The library's price where it has one, else the one read from the provider's page, else unknown. */
function resolvePrice(draft: EntryDraft): Price {
  const row = PRICES.get(draft.id);
  if (row !== undefined) {
    return {
      priceInUsdPerMTok: row.input,
      priceOutUsdPerMTok: row.output,
      priceSource: { kind: 'library', reference: row.reference },
      priceChangesOn: row.changesOn,
    };
  }
  return {
    priceInUsdPerMTok: draft.price?.in ?? null,
    priceOutUsdPerMTok: draft.price?.out ?? null,
    priceSource: { kind: draft.price ? 'documentation' : 'none', reference: draft.price?.page ?? null },
    priceChangesOn: null,
  };
}

export function resolveEntry(draft: EntryDraft, legacy: boolean): CatalogueEntry {
  return {
    id: draft.id,
    name: draft.name,
    provider: draft.provider,
    family: draft.family,
    description: draft.description,
    contextTokens: draft.contextTokens,
    ...resolvePrice(draft),
    paramsB: draft.paramsB ?? null,
    released: draft.released,
    tier: draft.tier,
    openWeights: draft.open ?? false,
    reasoning: draft.reasoning ?? false,
    modalities: ['text', ...(draft.inputs ?? [])],
    speed: draft.speed,
    tools: draft.tools === undefined ? (legacy ? null : true) : draft.tools,
    modelIds: draft.ids,
    legacy,
  };
}

/** Where a model of the catalogue runs for this user. */
export interface Placement {
  /** The card's id, `<connection id>/<the provider's model id>`; the catalogue's id when nothing is connected. */
  readonly id: string;
  /** Runs on the user's machine or network: its tokens have no price. */
  readonly local: boolean;
}

/** The router's view of a catalogue model at the place where it runs. A local model has no price and an unknown speed. */
export function toModelCard(entry: CatalogueEntry, placement: Placement): ModelCard {
  return {
    id: placement.id,
    name: entry.name,
    provider: entry.provider,
    family: entry.family,
    description: entry.description,
    contextTokens: entry.contextTokens,
    priceInUsdPerMTok: placement.local ? null : entry.priceInUsdPerMTok,
    priceOutUsdPerMTok: placement.local ? null : entry.priceOutUsdPerMTok,
    paramsB: entry.paramsB,
    released: entry.released,
    tier: entry.tier,
    openWeights: entry.openWeights,
    reasoning: entry.reasoning,
    local: placement.local,
    modalities: entry.modalities,
    speed: placement.local ? null : entry.speed,
    tools: entry.tools,
  };
}
