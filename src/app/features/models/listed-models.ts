import type { CatalogueEntry } from '../../../content/catalogue/types';
import type { Connection } from '../../../core/connection';
import type { ModelCard } from '../../../core/routing';
import type { AvailableModel } from '../../../providers/language-model';
import type { StoredModel } from '../../../storage/rows';

/** Models switched on by default at most; more would dilute what is learned of each, and of a long list most are alike or old. */
export const DEFAULT_POOL = 12;
/** Of one maker, so that the default pool has variety. */
const PER_PROVIDER = 3;

/** What is known about an id; content/catalogue's `matchModel` and `toModelCard` in the app. */
export interface CatalogueLookup {
  readonly match: (remoteId: string) => CatalogueEntry | undefined;
  readonly toCard: (entry: CatalogueEntry, placement: { readonly id: string; readonly local: boolean }) => ModelCard;
}

export interface Listing {
  readonly connection: Connection;
  readonly local: boolean;
  readonly now: number;
}

/** Ids of things that do not chat: their makers list them beside the models. */
const NOT_CHAT =
  /embed|rerank|whisper|transcri|\btts\b|-tts|speech|moderation|dall-e|gpt-image|imagen|stable-diffusion|sdxl|flux|\bveo\b|sora|realtime|-audio|lyria|guard|ocr|davinci-002|babbage|(^|[/:_-])(bge|e5|gte|clip)[-:_]/i;

export function canChat(remoteId: string): boolean {
  return !NOT_CHAT.test(remoteId);
}

/**
 * A listed model as the router sees it: the catalogue's card where its id is known, with the server's own price and context window where
 * it tells them; else what the id and the server say. Not yet switched on.
 */
export function storedModel(available: AvailableModel, { connection, local, now }: Listing, catalogue: CatalogueLookup): StoredModel {
  const id = `${connection.id}/${available.id}`;
  const entry = catalogue.match(available.id);
  const card = entry ? catalogue.toCard(entry, { id, local }) : unknownCard(id, available, connection, local);
  const priced = available.priceInUsdPerMTok !== null && available.priceOutUsdPerMTok !== null && !local;
  return {
    id,
    card: {
      ...card,
      contextTokens: available.contextTokens ?? card.contextTokens,
      ...(priced ? { priceInUsdPerMTok: available.priceInUsdPerMTok, priceOutUsdPerMTok: available.priceOutUsdPerMTok } : {}),
    },
    connectionId: connection.id,
    remoteId: available.id,
    enabled: false,
    fingerprint: null,
    descriptionEmbedding: null,
    addedAt: now,
  };
}

function unknownCard(id: string, available: AvailableModel, connection: Connection, local: boolean): ModelCard {
  const name = available.name ?? available.id.slice(available.id.lastIndexOf('/') + 1);
  return {
    id,
    name,
    provider: connection.name,
    family: name,
    description: local ? `${name}, a language model that runs on the user's own machine.` : `${name}, a language model served by ${connection.name}.`,
    contextTokens: null,
    priceInUsdPerMTok: null,
    priceOutUsdPerMTok: null,
    paramsB: paramsIn(available.id),
    released: null,
    tier: null,
    openWeights: local,
    reasoning: /\b(r1|reason|think)/i.test(available.id),
    local,
    modalities: ['text'],
    speed: null,
    tools: null,
  };
}

/** Billions of parameters, where the id says so: `qwen3:8b`, `gemma-2-27b-it`. */
function paramsIn(remoteId: string): number | null {
  const match = /(?:^|[-:_/])(\d{1,3}(?:\.\d+)?)b(?=$|[-:_.])/i.exec(remoteId);
  return match ? Number(match[1]) : null;
}

/** Why the default pool is what it is, to be said once. */
export type PoolChoice = 'all' | 'known' | 'first' | 'none';

export interface DefaultPool {
  readonly enabledIds: ReadonlySet<string>;
  readonly choice: PoolChoice;
}

/**
 * What is switched on when a server is connected. A short list: everything that chats. A long one: at most twelve that the catalogue knows
 * as current, newest first, at most three of a maker, each model once. A long list of unknown ones: its first twelve.
 */
export function defaultPool(models: readonly StoredModel[], catalogue: Pick<CatalogueLookup, 'match'>): DefaultPool {
  const chatting = models.filter((model) => canChat(model.remoteId));
  if (chatting.length === 0) return { enabledIds: new Set(), choice: 'none' };
  if (chatting.length <= DEFAULT_POOL) return { enabledIds: idsOf(chatting), choice: 'all' };
  const known = currentModels(chatting, catalogue);
  if (known.length === 0) return { enabledIds: idsOf(chatting.slice(0, DEFAULT_POOL)), choice: 'first' };
  return { enabledIds: idsOf(known), choice: 'known' };
}

function idsOf(models: readonly StoredModel[]): ReadonlySet<string> {
  return new Set(models.map((model) => model.id));
}

function currentModels(models: readonly StoredModel[], catalogue: Pick<CatalogueLookup, 'match'>): readonly StoredModel[] {
  const byEntry = new Map<string, { readonly model: StoredModel; readonly entry: CatalogueEntry }>();
  for (const model of models) {
    const entry = catalogue.match(model.remoteId);
    const taken = entry && byEntry.get(entry.id);
    // Of an alias and its dated snapshots the shortest id is the alias.
    if (entry && !entry.legacy && (!taken || model.remoteId.length < taken.model.remoteId.length)) byEntry.set(entry.id, { model, entry });
  }
  const newest = [...byEntry.values()].toSorted((left, right) => (right.entry.released ?? '').localeCompare(left.entry.released ?? ''));
  const perProvider = new Map<string, number>();
  const varied = newest.filter(({ entry }) => {
    const count = (perProvider.get(entry.provider) ?? 0) + 1;
    perProvider.set(entry.provider, count);
    return count <= PER_PROVIDER;
  });
  const pool = varied.length >= Math.min(DEFAULT_POOL, newest.length) ? varied : [...varied, ...newest.filter((model) => !varied.includes(model))];
  return pool.slice(0, DEFAULT_POOL).map(({ model }) => model);
}

export interface RefreshPlan {
  /** To be saved: what the server lists now, with what was learned and set by hand. */
  readonly save: readonly StoredModel[];
  readonly added: readonly StoredModel[];
  /** No longer listed, never used and not switched on: removed without asking. */
  readonly drop: readonly StoredModel[];
  /** No longer listed, but in use or added by hand: kept until the user removes them. */
  readonly unlisted: readonly StoredModel[];
}

/** A fresh list against the models that are known of the same connection. New ones come switched off. */
export function planRefresh(known: readonly StoredModel[], listed: readonly StoredModel[], catalogue: Pick<CatalogueLookup, 'match'>): RefreshPlan {
  const knownById = new Map(known.map((model) => [model.id, model]));
  const listedIds = idsOf(listed);
  const gone = known.filter((model) => !listedIds.has(model.id));
  const isInUse = (model: StoredModel) => model.enabled || model.fingerprint !== null;
  return {
    save: listed.map((model) => refreshed(model, knownById.get(model.id), catalogue)),
    added: listed.filter((model) => !knownById.has(model.id)),
    drop: gone.filter((model) => !isInUse(model)),
    unlisted: gone.filter(isInUse),
  };
}

/** The card of an unknown model may have been written by hand: only what the server itself tells is renewed. */
function refreshed(listed: StoredModel, known: StoredModel | undefined, catalogue: Pick<CatalogueLookup, 'match'>): StoredModel {
  if (!known) return listed;
  const { card } = listed;
  const kept = {
    ...known.card,
    contextTokens: card.contextTokens ?? known.card.contextTokens,
    priceInUsdPerMTok: card.priceInUsdPerMTok ?? known.card.priceInUsdPerMTok,
    priceOutUsdPerMTok: card.priceOutUsdPerMTok ?? known.card.priceOutUsdPerMTok,
  };
  return { ...known, card: catalogue.match(listed.remoteId) ? card : kept };
}
