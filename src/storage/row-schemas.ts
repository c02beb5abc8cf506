import * as v from 'valibot';
import type { AdaptationState } from '../core/adaptation-state';
import type { Connection } from '../core/connection';
import type { Conversation, Folder, Preset } from '../core/conversation';
import type { Expense } from '../core/expense';
import { AXIS_NAMES, EMBEDDING_SIZE, FEATURE_COUNT } from '../core/dimensions';
import type { Phrase } from '../core/phrase';
import { OUTCOMES, type PreferencePair } from '../core/preference';
import { EXCLUSION_REASONS, type ModelCard, type RoutingDecision } from '../core/routing';
import type { Draft, StoredAttachment, StoredDecision, StoredModel, StoredSetting, StoredTurn, TableName, Tables } from './rows';
import { isSettingKey, POOL_RULES_SCHEMA, SETTINGS } from './settings-schema';

/**
 * One schema per table, for data that comes from outside (backups) or must never be wrong (the preference log). Each is checked
 * by the compiler against the row's type. They look at known fields only; a row is kept whole.
 */
const id = v.pipe(v.string(), v.nonEmpty());
const finite = v.pipe(v.number(), v.finite());
const nullable = <Schema extends v.GenericSchema>(schema: Schema) => v.nullable(schema);
const nullableNumber = nullable(finite);
const nullableString = nullable(v.string());
const features = v.pipe(v.array(finite), v.length(FEATURE_COUNT));
const embedding = v.pipe(
  v.instance(Float32Array),
  v.check((vector) => vector.length === EMBEDDING_SIZE && vector.every(Number.isFinite), `Expected ${EMBEDDING_SIZE} finite numbers`),
);

const setup = {
  systemPrompt: v.string(),
  presetId: nullableString,
  pinnedModelId: nullableString,
};

const attachment = v.object({ id, kind: v.picklist(['image', 'text']), name: v.string(), mediaType: v.string(), size: finite });

const conversation = v.object({
  id,
  title: v.string(),
  createdAt: finite,
  updatedAt: finite,
  ...setup,
  currentTurnId: nullableString,
  limits: v.nullable(v.object({ rules: POOL_RULES_SCHEMA, excludedModelIds: v.array(v.string()) })),
  pinnedAt: nullableNumber,
  folderId: nullableString,
  deletedAt: nullableNumber,
}) satisfies v.GenericSchema<unknown, Conversation>;

const folder = v.object({ id, name: v.string(), createdAt: finite, open: v.boolean() }) satisfies v.GenericSchema<unknown, Folder>;

const phrase: v.GenericSchema<Phrase> = v.object({ text: v.string(), params: v.record(v.string(), v.union([v.string(), v.number(), v.lazy(() => phrase)])) });
const words = v.union([v.string(), phrase]);

const response = v.object({
  id,
  modelId: v.string(),
  modelName: v.string(),
  text: v.string(),
  reasoningText: v.string(),
  status: v.picklist(['streaming', 'complete', 'stopped', 'failed']),
  failure: v.nullable(v.object({ kind: v.string(), message: words, advice: words })),
  startedAt: finite,
  firstTokenAt: nullableNumber,
  finishedAt: nullableNumber,
  usage: v.nullable(v.object({ inputTokens: nullableNumber, outputTokens: nullableNumber, estimated: v.boolean() })),
  costUsd: nullableNumber,
  standIn: v.nullable(
    v.object({
      reason: v.picklist(['late', 'router_failed', 'unsure', 'provider_failed']),
      insteadOf: nullableString,
      agreed: v.picklist(['asked', 'standing']),
    }),
  ),
});

const turn = v.object({
  id,
  conversationId: id,
  parentId: nullableString,
  createdAt: finite,
  prompt: v.string(),
  attachments: v.array(attachment),
  mode: v.picklist(['auto', 'manual', 'pinned', 'compare', 'regenerate']),
  responses: v.array(response),
  shownResponseId: nullableString,
  comparison: v.nullable(v.object({ responseIds: v.tuple([v.string(), v.string()]), preferenceId: nullableString })),
  thumbs: v.nullable(v.picklist(['up', 'down'])),
  openResponseIds: v.array(v.string()),
}) satisfies v.GenericSchema<unknown, StoredTurn>;

const scored = v.object({
  modelId: v.string(),
  score: v.number(),
  wishScore: v.number(),
  scoreDeviation: v.number(),
  winProbability: v.number(),
  blindUtility: v.number(),
  features: v.array(v.number()),
  expectedWords: v.number(),
  expectedCostUsd: v.nullable(v.number()),
  propensity: v.number(),
});

const exclusionReason = v.picklist(EXCLUSION_REASONS);
const exclusion = v.object({ modelId: v.string(), reason: exclusionReason, reasons: v.array(exclusionReason) });

const plan = v.variant('kind', [
  v.object({ kind: v.literal('single'), modelId: v.string(), propensity: v.number() }),
  v.object({
    kind: v.literal('compare'),
    modelIds: v.tuple([v.string(), v.string()]),
    reason: v.picklist(['uncertain', 'exploration']),
    propensity: v.number(),
  }),
  v.object({ kind: v.literal('none'), relax: v.array(exclusionReason) }),
]);

const explanation = v.object({
  runnerUpId: nullableString,
  margin: v.number(),
  axes: v.array(v.object({ axis: v.picklist([...AXIS_NAMES, 'residual', 'model', 'shared', 'speed']), contribution: v.number() })),
  picks: v.array(v.object({ preferenceId: v.string(), contribution: v.number() })),
  otherPicks: v.object({ count: v.number(), contribution: v.number() }),
  priorContribution: v.number(),
});

const routingDecision = v.object({
  plan,
  ranking: v.array(scored),
  excluded: v.array(exclusion),
  explanation,
  artifactVersion: v.string(),
  queryEmbedding: embedding,
  policyVersion: v.string(),
  optimism: v.exactOptional(v.number()),
  comparisonGain: v.exactOptional(v.number()),
  seed: v.number(),
}) satisfies v.GenericSchema<unknown, RoutingDecision>;

const decision = v.object({ turnId: id, decision: routingDecision }) satisfies v.GenericSchema<unknown, StoredDecision>;

const judged = v.object({
  modelId: v.string(),
  features,
  blindUtility: finite,
  words: finite,
  costUsd: nullableNumber,
  latencyMs: nullableNumber,
});

/** Strict: the log feeds the fit. */
export const PREFERENCE_SCHEMA = v.object({
  id,
  createdAt: finite,
  source: v.picklist(['quiz', 'compare', 'thumb', 'regenerate', 'switch', 'import']),
  outcome: v.picklist(OUTCOMES),
  chosen: judged,
  rejected: v.nullable(judged),
  queryEmbedding: embedding,
  promptExcerpt: v.string(),
  weight: v.pipe(finite, v.minValue(0)),
  blind: v.boolean(),
  chosenSide: v.nullable(v.picklist(['left', 'right'])),
  propensity: v.pipe(finite, v.minValue(0), v.maxValue(1)),
  artifactVersion: v.string(),
  conversationId: nullableString,
  turnId: nullableString,
  undoneAt: nullableNumber,
}) satisfies v.GenericSchema<unknown, PreferencePair>;

const adaptation = v.object({
  schemaVersion: v.literal(1),
  artifactVersion: id,
  userEmbedding: features,
  covariance: v.pipe(v.array(finite), v.length(FEATURE_COUNT * FEATURE_COUNT)),
  lastAppliedId: nullableString,
  appliedCount: finite,
  drift: v.object({
    halfLifePicks: nullableNumber,
    prequentialLoss: v.array(v.number()),
    predictionCount: finite,
    changes: v.array(v.object({ pickId: v.string(), probability: finite })),
    changeAtPickId: nullableString,
    dismissedPickId: nullableString,
  }),
}) satisfies v.GenericSchema<unknown, AdaptationState>;

const card = v.object({
  id,
  name: v.string(),
  provider: v.string(),
  family: v.string(),
  description: v.string(),
  contextTokens: nullableNumber,
  priceInUsdPerMTok: nullableNumber,
  priceOutUsdPerMTok: nullableNumber,
  paramsB: nullableNumber,
  released: nullableString,
  tier: v.nullable(v.pipe(finite, v.minValue(1), v.maxValue(5))),
  openWeights: v.boolean(),
  reasoning: v.boolean(),
  local: v.boolean(),
  modalities: v.array(v.picklist(['text', 'image', 'audio', 'file'])),
  speed: v.nullable(v.picklist(['fast', 'medium', 'slow'])),
  tools: v.nullable(v.boolean()),
}) satisfies v.GenericSchema<unknown, ModelCard>;

const fingerprint = v.object({
  count: finite,
  axes: v.array(finite),
  clusterQuality: v.array(finite),
  clusterLength: v.array(finite),
  clusterCount: v.array(finite),
  judged: v.boolean(),
});

const model = v.object({
  id,
  card,
  connectionId: nullableString,
  remoteId: v.string(),
  enabled: v.boolean(),
  fingerprint: v.nullable(fingerprint),
  descriptionEmbedding: v.nullable(v.object({ text: v.string(), encoderId: v.string(), vector: embedding })),
  addedAt: finite,
}) satisfies v.GenericSchema<unknown, StoredModel>;

const connection = v.object({
  id,
  kind: v.picklist(['openai-compatible', 'anthropic', 'google', 'built-in', 'downloaded']),
  name: v.string(),
  baseUrl: v.string(),
  apiKey: v.string(),
  headers: v.record(v.string(), v.string()),
}) satisfies v.GenericSchema<unknown, Connection>;

const settingRow = v.pipe(
  v.object({ key: id, value: v.unknown() }),
  v.check(
    ({ key, value }) => !isSettingKey(key) || v.is(SETTINGS[key].schema, value),
    (issue) => `Not a value of the setting "${issue.input.key}"`,
  ),
) satisfies v.GenericSchema<unknown, StoredSetting>;

const draft = v.object({ id, text: v.string(), attachments: v.array(attachment), setup: v.object(setup), updatedAt: finite }) satisfies v.GenericSchema<unknown, Draft>;

const storedAttachment = v.object({
  id,
  ownerId: id,
  mediaType: v.string(),
  bytes: v.custom<Uint8Array<ArrayBuffer>>((bytes) => bytes instanceof Uint8Array, 'Expected bytes'),
}) satisfies v.GenericSchema<unknown, StoredAttachment>;

const preset = v.object({ id, name: v.string(), systemPrompt: v.string(), pinnedModelId: nullableString, updatedAt: finite }) satisfies v.GenericSchema<unknown, Preset>;

const expense = v.object({
  id,
  at: finite,
  connectionId: v.string(),
  modelId: v.string(),
  inputTokens: finite,
  outputTokens: finite,
  costUsd: nullableNumber,
}) satisfies v.GenericSchema<unknown, Expense>;

export const ROW_SCHEMAS: { readonly [Name in TableName]: v.GenericSchema<Tables[Name]> } = {
  conversations: conversation,
  folders: folder,
  turns: turn,
  decisions: decision,
  preferences: PREFERENCE_SCHEMA,
  adaptation,
  models: model,
  connections: connection,
  settings: settingRow,
  drafts: draft,
  expenses: expense,
  attachments: storedAttachment,
  presets: preset,
};
