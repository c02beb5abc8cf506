import type { TFunction } from 'i18next';
import { mark } from '../../../core/phrase';
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
export function priceText({ priceInUsdPerMTok: input, priceOutUsdPerMTok: output, local }: ModelCard, t: TFunction): string {
  if (local) return t('runs here, no price');
  if (input === null || output === null) return t('price unknown');
  if (input === 0 && output === 0) return t('free');
  return t('{{input}} in · {{output}} out', { input: dollars(input), output: dollars(output) });
}

function dollars(usd: number): string {
  const digits = usd >= 1 || usd === 0 ? 2 : 3;
  return `$${usd.toFixed(digits).replace(/\.?0+$/, '')}`;
}

/** "128k context". */
export function contextText(contextTokens: number | null, t: TFunction): string {
  if (contextTokens === null) return t('context unknown');
  if (contextTokens >= 1_000_000) return t('{{number}}M context', { number: trim(contextTokens / 1e6) });
  return contextTokens >= 1000 ? t('{{number}}k context', { number: trim(contextTokens / 1000) }) : t('{{number}} tokens of context', { number: contextTokens });
}

function trim(value: number): string {
  return value.toFixed(value < 10 ? 1 : 0).replace(/\.0$/, '');
}

const TIER_WORDS = [mark('basic'), mark('modest'), mark('solid'), mark('strong'), mark('top')] as const;

/** The editorial tier in a word, in English. */
export function tierText(tier: number | null): string {
  if (tier === null) return mark('strength unknown');
  return TIER_WORDS[Math.min(5, Math.max(1, Math.round(tier))) - 1] ?? 'solid';
}

/** "12 answers seen · preferred in 3 of 5 picks"; null when nothing was learned yet. */
export function learnedText(model: StoredModel, { picks, wins }: Judged, t: TFunction): string | null {
  const seen = model.fingerprint?.count ?? 0;
  const parts = [
    ...(seen > 0 ? [seen === 1 ? t('1 answer known') : t('{{number}} answers known', { number: seen })] : []),
    ...(picks > 0 ? [picks === 1 ? t('preferred in {{wins}} of 1 pick', { wins }) : t('preferred in {{wins}} of {{number}} picks', { wins, number: picks })] : []),
  ];
  return parts.length > 0 ? parts.join(' · ') : null;
}
