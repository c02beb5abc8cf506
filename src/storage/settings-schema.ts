import * as v from 'valibot';
import { NEUTRAL_UTILITY, NO_RULES } from '../core/routing';

const unit = v.pipe(v.number(), v.minValue(-1), v.maxValue(1));
const timestamp = v.nullable(v.number());

export const POOL_RULES_SCHEMA = v.object({
  localOnly: v.boolean(),
  maxCostUsd: v.nullable(v.pipe(v.number(), v.minValue(0))),
  connectionIds: v.nullable(v.array(v.string())),
  vision: v.boolean(),
  longContext: v.boolean(),
  tools: v.boolean(),
});

/** Rules stored when there were only the first two lack the later ones. */
const storedRules = v.object({
  ...POOL_RULES_SCHEMA.entries,
  connectionIds: v.optional(POOL_RULES_SCHEMA.entries.connectionIds, null),
  vision: v.optional(v.boolean(), false),
  longContext: v.optional(v.boolean(), false),
  tools: v.optional(v.boolean(), false),
});

/** Every setting: its type, and the value it has until it is set or when what is stored makes no sense. */
export const SETTINGS = {
  theme: setting(v.picklist(['system', 'light', 'dark']), 'system'),
  /** BCP 47 tag, or 'system'. */
  language: setting(v.string(), 'system'),
  /** How often the router may ask for a side-by-side pick; `epsilon` is the chance of an exploratory one. */
  comparison: setting(
    v.object({
      enabled: v.boolean(),
      perDay: v.pipe(v.number(), v.integer(), v.minValue(0)),
      epsilon: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
    }),
    { enabled: true, perDay: 6, epsilon: 0.05 },
  ),
  /** Comparisons shown on a local calendar day, `YYYY-MM-DD`, and what comparisons at the last prompts would have been worth. */
  comparisonUsage: setting(v.object({ day: v.string(), count: v.number(), recentGains: v.optional(v.array(v.number()), []) }), { day: '', count: 0, recentGains: [] }),
  utility: setting(v.object({ economy: unit, speed: unit, length: unit, quality: unit }), { ...NEUTRAL_UTILITY }),
  constraints: setting(storedRules, { ...NO_RULES, connectionIds: null }),
  /** Stands in when routing takes too long or fails; null = the first enabled model. */
  defaultModelId: setting(v.nullable(v.string()), null),
  /** When routing takes too long or fails: ask before the default model answers, or let it. */
  whenLate: setting(v.picklist(['ask', 'default']), 'ask'),
  /** When the model that Auto chose cannot answer: ask before the next one does, or let it. */
  whenProviderFails: setting(v.picklist(['ask', 'next']), 'ask'),
  /** When the router cannot tell which model is best: its best guess, or the default model. */
  whenUnsure: setting(v.picklist(['router', 'default']), 'router'),
  /** Most to spend in a calendar month, US dollars, by connection. */
  budgets: setting(v.record(v.string(), v.object({ monthlyUsd: v.pipe(v.number(), v.minValue(0)) })), {}),
  quiz: setting(v.object({ completedAt: timestamp, skippedAt: timestamp }), { completedAt: null, skippedAt: null }),
  device: setting(v.picklist(['auto', 'webgpu', 'wasm']), 'auto'),
  /** Who names a chat: a rule on this device, or the default model after the first answer, which costs a little. */
  titles: setting(v.picklist(['rule', 'model']), 'rule'),
  lastConversationId: setting(v.nullable(v.string()), null),
  lastBackupAt: setting(timestamp, null),
  /** What was brought in from other apps; the picks learned from it can be taken back together. */
  imports: setting(v.array(v.object({ id: v.string(), at: v.number(), from: v.string(), chats: v.number(), pickIds: v.array(v.string()) })), []),
  persistenceAskedAt: setting(timestamp, null),
  /** Syncing to storage of the user's own; passwords, handles and the key lie apart (see sync/secrets.ts). `everyMinutes` 0 = only when asked. */
  sync: setting(
    v.object({
      mode: v.picklist(['off', 'webdav', 'folder']),
      url: v.string(),
      user: v.string(),
      everyMinutes: v.pipe(v.number(), v.minValue(0)),
      onFocus: v.boolean(),
      withKeys: v.boolean(),
      lastSyncedAt: timestamp,
    }),
    { mode: 'off', url: '', user: '', everyMinutes: 15, onFocus: true, withKeys: false, lastSyncedAt: null },
  ),
} as const;

export type SettingKey = keyof typeof SETTINGS;
export type SettingValue<Key extends SettingKey> = v.InferOutput<(typeof SETTINGS)[Key]['schema']>;
export type SettingValues = { readonly [Key in SettingKey]: SettingValue<Key> };

export function isSettingKey(key: string): key is SettingKey {
  return Object.hasOwn(SETTINGS, key);
}

/** What is stored, if it fits the setting, else the fallback. */
export function parseSetting<Key extends SettingKey>(key: Key, stored: unknown): SettingValue<Key> {
  const { schema, fallback }: SettingDefinition<SettingValue<Key>> = SETTINGS[key];
  const parsed = v.safeParse(schema, stored);
  return parsed.success ? parsed.output : fallback;
}

interface SettingDefinition<Value> {
  readonly schema: v.GenericSchema<unknown, Value>;
  readonly fallback: Value;
}

function setting<const Schema extends v.GenericSchema>(schema: Schema, fallback: v.InferOutput<Schema>) {
  return { schema, fallback };
}
