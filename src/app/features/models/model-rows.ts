import type { PreferencePair } from '../../../core/preference';
import type { ModelCard } from '../../../core/routing';
import type { StoredModel } from '../../../storage/rows';

export interface Judged {
  /** Picks in which another answer was beside this model's. */
  readonly picks: number;
  readonly wins: number;
}

export const NOT_JUDGED: Judged = { picks: 0, wins: 0 };

/** Wins and picks of every model, undone ones left out. */
export function judgedByModel(log: readonly PreferencePair[]): ReadonlyMap<string, Judged> {
  const table = new Map<string, Judged>();
  const count = (modelId: string, won: boolean) => {
    const { picks, wins } = table.get(modelId) ?? NOT_JUDGED;
    table.set(modelId, { picks: picks + 1, wins: wins + (won ? 1 : 0) });
  };
  for (const { chosen, rejected, outcome, undoneAt } of log) {
    if (undoneAt !== null || rejected === null) continue;
    count(chosen.modelId, outcome === 'win');
    count(rejected.modelId, false);
  }
  return table;
}

export type ModelFilter = 'all' | 'on' | 'off';

/** Every word of the query in the name, id or maker. */
export function findModels(models: readonly StoredModel[], query: string, filter: ModelFilter): readonly StoredModel[] {
  const words = query.trim().toLocaleLowerCase().split(/\s+/);
  return models.filter(({ card, remoteId, enabled }) => {
    const text = `${card.name} ${remoteId} ${card.provider}`.toLocaleLowerCase();
    return (filter === 'all' || enabled === (filter === 'on')) && words.every((word) => text.includes(word));
  });
}

/** "$0.25 in, $2 out per million tokens" and the like. */
export function priceText({ priceInUsdPerMTok: input, priceOutUsdPerMTok: output, local }: ModelCard): string {
  if (local) return 'runs here, no price';
  if (input === null || output === null) return 'price unknown';
  if (input === 0 && output === 0) return 'free';
  return `${dollars(input)} in · ${dollars(output)} out`;
}

function dollars(usd: number): string {
  const digits = usd >= 1 || usd === 0 ? 2 : 3;
  return `$${usd.toFixed(digits).replace(/\.?0+$/, '')}`;
}

/** "128k context". */
export function contextText(contextTokens: number | null): string {
  if (contextTokens === null) return 'context unknown';
  if (contextTokens >= 1_000_000) return `${trim(contextTokens / 1e6)}M context`;
  return contextTokens >= 1000 ? `${trim(contextTokens / 1000)}k context` : `${contextTokens} tokens of context`;
}

function trim(value: number): string {
  return value.toFixed(value < 10 ? 1 : 0).replace(/\.0$/, '');
}

const TIER_WORDS = ['basic', 'modest', 'solid', 'strong', 'top'] as const;

/** The editorial tier in a word. */
export function tierText(tier: number | null): string {
  if (tier === null) return 'strength unknown';
  return TIER_WORDS[Math.min(5, Math.max(1, Math.round(tier))) - 1] ?? 'solid';
}

/** "12 answers seen · preferred in 3 of 5 picks"; null when nothing was learned yet. */
export function learnedText(model: StoredModel, { picks, wins }: Judged): string | null {
  const seen = model.fingerprint?.count ?? 0;
  const parts = [
    ...(seen > 0 ? [seen === 1 ? '1 answer known' : `${seen} answers known`] : []),
    ...(picks > 0 ? [`preferred in ${wins} of ${picks} ${picks === 1 ? 'pick' : 'picks'}`] : []),
  ];
  return parts.length > 0 ? parts.join(' · ') : null;
}
