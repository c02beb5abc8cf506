import type { Connection } from '../../../core/connection';
import type { ResponseFailure } from '../../../core/conversation';
import { phrase, type Phrase } from '../../../core/phrase';
import { err, ok, type Result } from '../../../core/result';
import { isLocalUrl } from '../../../providers/address';
import { normalizeBaseUrl } from '../../../providers/base-url';
import type { AvailableModel } from '../../../providers/language-model';
import type { ProviderPreset } from '../../../providers/presets';
import type { StoredModel } from '../../../storage/rows';
import { t, textOf } from '../../i18n';
import type { App } from '../../store/app';
import { defaultPool, planRefresh, storedModel, type CatalogueLookup, type PoolChoice } from './listed-models';

/** What the connect form holds. */
export interface ConnectDraft {
  readonly preset: ProviderPreset;
  readonly name: string;
  readonly baseUrl: string;
  readonly apiKey: string;
  /** Null for a new connection. */
  readonly connectionId: string | null;
}

export function draftOf(preset: ProviderPreset): ConnectDraft {
  return { preset, name: preset.id === 'custom' ? '' : preset.name, baseUrl: preset.baseUrl, apiKey: '', connectionId: null };
}

export function draftOfConnection(connection: Connection, preset: ProviderPreset): ConnectDraft {
  const { name, baseUrl, apiKey, id } = connection;
  return { preset, name, baseUrl, apiKey, connectionId: id };
}

/** Sentences for the fields that are wrong. */
export interface DraftProblems {
  readonly baseUrl?: Phrase;
  readonly apiKey?: Phrase;
}

/** The draft as a connection that can be tested, or what to put right first. */
export function checkDraft(draft: ConnectDraft, newId: () => string, known: Connection | null = null): Result<Connection, DraftProblems> {
  const { preset } = draft;
  const baseUrl = normalizeBaseUrl(preset.kind, draft.baseUrl);
  const apiKey = draft.apiKey.trim();
  const problems: DraftProblems = {
    ...(baseUrl.ok ? {} : { baseUrl: baseUrl.error }),
    ...(apiKey === '' && preset.needsKey ? { apiKey: phrase('{{name}} needs an API key.', { name: preset.name }) } : {}),
    ...(/\s/.test(apiKey) ? { apiKey: phrase('A key has no spaces or line breaks. Copy it again.') } : {}),
  };
  if (!baseUrl.ok || Object.keys(problems).length > 0) return err(problems);
  const name = draft.name.trim() || new URL(baseUrl.value).host;
  return ok({ id: draft.connectionId ?? newId(), kind: preset.kind, name, baseUrl: baseUrl.value, apiKey, headers: known?.headers ?? {} });
}

/** Fetches the model list: the one request that shows whether address, key and CORS are right. Null when it was stopped. */
export async function testConnection(app: App, connection: Connection, signal: AbortSignal): Promise<Result<readonly AvailableModel[], ResponseFailure> | null> {
  try {
    const model = await app.platform.providers.open(connection);
    return ok(await model.listModels(signal));
  } catch (thrown) {
    const failure = await app.platform.providers.describe(thrown, connection);
    return failure && err(failure);
  }
}

/** The catalogue, loaded with the first list. */
export async function loadCatalogue(): Promise<CatalogueLookup> {
  const [{ matchModel }, { toModelCard }] = await Promise.all([import('../../../content/catalogue/match'), import('../../../content/catalogue/entry')]);
  return { match: matchModel, toCard: toModelCard };
}

export interface Connected {
  readonly listed: number;
  readonly enabled: number;
  readonly choice: PoolChoice;
}

/** Saves a new connection with its models, the default pool switched on. Rejects with StorageFailure. */
export async function connect(app: App, connection: Connection, available: readonly AvailableModel[], catalogue: CatalogueLookup): Promise<Connected> {
  const listing = { connection, local: isLocalUrl(connection.baseUrl), now: app.platform.clock.now() };
  const models = available.map((model) => storedModel(model, listing, catalogue));
  const pool = defaultPool(models, catalogue);
  await app.pool.saveConnection(connection);
  await app.pool.saveModels(models.map((model) => ({ ...model, enabled: pool.enabledIds.has(model.id) })));
  return { listed: models.length, enabled: pool.enabledIds.size, choice: pool.choice };
}

export interface Refreshed {
  readonly added: number;
  readonly unlisted: readonly StoredModel[];
}

/** Takes over what a known connection's server lists now. Rejects with StorageFailure. */
export async function refresh(app: App, connection: Connection, available: readonly AvailableModel[], catalogue: CatalogueLookup): Promise<Refreshed> {
  const listing = { connection, local: isLocalUrl(connection.baseUrl), now: app.platform.clock.now() };
  const known = app.pool.store.getState().models.filter((model) => model.connectionId === connection.id);
  const plan = planRefresh(known, available.map((model) => storedModel(model, listing, catalogue)), catalogue);
  await app.pool.saveConnection(connection);
  await app.pool.saveModels(plan.save);
  for (const model of plan.drop) await app.pool.removeModel(model.id);
  return { added: plan.added.length, unlisted: plan.unlisted };
}

/** Adds one model by its id: for servers without a list, or a model the list leaves out. */
export async function addByHand(app: App, connection: Connection, remoteId: string, catalogue: CatalogueLookup): Promise<Result<StoredModel, Phrase>> {
  const id = remoteId.trim();
  if (id === '') return err(phrase('Enter the id under which the server knows the model.'));
  const exists = app.pool.store.getState().models.some((model) => model.connectionId === connection.id && model.remoteId === id);
  if (exists) return err(phrase('{{name}} already has a model {{id}}.', { name: connection.name, id }));
  const listing = { connection, local: isLocalUrl(connection.baseUrl), now: app.platform.clock.now() };
  const model = storedModel({ id, name: null, contextTokens: null, priceInUsdPerMTok: null, priceOutUsdPerMTok: null }, listing, catalogue);
  await app.pool.saveModels([{ ...model, enabled: true }]);
  return ok({ ...model, enabled: true });
}

/** What connecting did, in a sentence or two. */
export function connectedText(name: string, { listed, enabled, choice }: Connected): string {
  if (listed === 0) return t('{{name}} is connected but lists no models. Add one by its id.', { name });
  return textOf(t('{{name}} lists {{count}} models.', { name, count: listed }), choiceText(choice, enabled, listed));
}

function choiceText(choice: PoolChoice, enabled: number, listed: number): string {
  switch (choice) {
    case 'all':
      return listed === enabled ? t('All are on for Auto.') : t('The {{number}} that chat are on for Auto.', { number: enabled });
    case 'known':
      return t('{{number}} current ones that Tacit knows are on for Auto; switch on any others you want.', { number: enabled });
    case 'first':
      return t('Tacit knows none of them, so the first {{number}} are on for Auto; choose the ones you want.', { number: enabled });
    case 'none':
      return t('None of them seems to chat. Switch on the ones you want.');
  }
}
