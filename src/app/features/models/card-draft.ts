import { mark } from '../../../core/phrase';
import { err, ok, type Result } from '../../../core/result';
import type { ModelCard } from '../../../core/routing';

/** A card as its form holds it: every number as typed. */
export interface CardDraft {
  readonly name: string;
  readonly description: string;
  readonly contextTokens: string;
  readonly priceIn: string;
  readonly priceOut: string;
  /** '' = unknown. */
  readonly tier: string;
  readonly reasoning: boolean;
}

export type CardProblems = { readonly [Key in keyof CardDraft]?: string };

export function draftOfCard(card: ModelCard): CardDraft {
  const text = (value: number | null) => (value === null ? '' : String(value));
  return {
    name: card.name,
    description: card.description,
    contextTokens: text(card.contextTokens),
    priceIn: text(card.priceInUsdPerMTok),
    priceOut: text(card.priceOutUsdPerMTok),
    tier: card.tier === null ? '' : String(Math.round(card.tier)),
    reasoning: card.reasoning,
  };
}

/** The card with the draft's values, or what is wrong field by field. An empty number means unknown. */
export function cardFromDraft(card: ModelCard, draft: CardDraft): Result<ModelCard, CardProblems> {
  const context = readNumber(draft.contextTokens, mark('Enter a number of tokens, for example 128000, or leave it empty.'));
  const priceIn = readNumber(draft.priceIn, mark('Enter US dollars per million tokens, for example 0.25, or leave it empty.'));
  const priceOut = readNumber(draft.priceOut, mark('Enter US dollars per million tokens, for example 2, or leave it empty.'));
  const halfPriced = priceIn.ok && priceOut.ok && (priceIn.value === null) !== (priceOut.value === null);
  const problems: CardProblems = {
    ...(draft.name.trim() === '' ? { name: mark('Give it a name.') } : {}),
    ...(draft.description.trim() === '' ? { description: mark('One sentence helps the router: what is this model good at?') } : {}),
    ...(context.ok ? {} : { contextTokens: context.error }),
    ...(priceIn.ok ? {} : { priceIn: priceIn.error }),
    ...(priceOut.ok ? {} : { priceOut: priceOut.error }),
    ...(halfPriced ? { priceOut: mark('Enter both prices, or neither.') } : {}),
  };
  if (!context.ok || !priceIn.ok || !priceOut.ok || Object.keys(problems).length > 0) return err(problems);
  return ok({
    ...card,
    name: draft.name.trim(),
    description: draft.description.trim(),
    contextTokens: context.value === null ? null : Math.round(context.value),
    priceInUsdPerMTok: priceIn.value,
    priceOutUsdPerMTok: priceOut.value,
    tier: draft.tier === '' ? null : Number(draft.tier),
    reasoning: draft.reasoning,
  });
}

function readNumber(typed: string, problem: string): Result<number | null, string> {
  const text = typed.trim().replace(/^\$/, '');
  if (text === '') return ok(null);
  // "128,000" is grouped, "0,25" is a decimal.
  const isGrouped = /^\d{1,3}([ ,_]\d{3})+$/.test(text) && !text.startsWith('0');
  const value = Number(isGrouped ? text.replaceAll(/[ ,_]/g, '') : text.replace(',', '.'));
  return Number.isFinite(value) && value >= 0 ? ok(value) : err(problem);
}
