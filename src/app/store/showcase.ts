import type { ModelCard } from '../../core/routing';

/**
 * The newest model of each provider in each speed class: from the cheap and fast to the strong and slow, a few of everyone's. Ranking all of the
 * catalogue would first have to encode every description.
 */
export function showcase(cards: readonly ModelCard[]): readonly ModelCard[] {
  const newest = new Map<string, ModelCard>();
  for (const card of cards) {
    const place = `${card.provider}/${card.speed ?? ''}`;
    const known = newest.get(place);
    if (known === undefined || (card.released ?? '') > (known.released ?? '')) newest.set(place, card);
  }
  return [...newest.values()];
}
