import type { FingerprintTable } from '../../src/core/manifest';
import type { ModelCard } from '../../src/core/routing';
import type { LlmRow } from './records';

/** A row of llms.json as the app's card of a model. */
export function modelCard(row: LlmRow, fingerprints: FingerprintTable): ModelCard {
  return {
    id: row.id,
    name: row.id,
    provider: row.provider,
    family: row.family,
    description: row.description,
    contextTokens: row.context_tokens,
    priceInUsdPerMTok: row.price_in_usd_per_mtok,
    priceOutUsdPerMTok: row.price_out_usd_per_mtok,
    paramsB: row.params_b,
    released: row.released,
    tier: fingerprints.tiers[row.id] ?? null,
    openWeights: row.params_b !== null,
    reasoning: false,
    local: false,
    modalities: ['text'],
    speed: null,
    tools: null,
  };
}
