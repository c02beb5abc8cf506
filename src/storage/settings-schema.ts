import * as v from 'valibot';
import { NEUTRAL_UTILITY } from '../core/routing';

const unit = v.pipe(v.number(), v.minValue(-1), v.maxValue(1));
const timestamp = v.nullable(v.number());

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
  /** Comparisons shown on a local calendar day, `YYYY-MM-DD`. */
  comparisonUsage: setting(v.object({ day: v.string(), count: v.number() }), { day: '', count: 0 }),
  utility: setting(v.object({ economy: unit, speed: unit, length: unit, quality: unit }), { ...NEUTRAL_UTILITY }),
  constraints: setting(v.object({ localOnly: v.boolean(), maxCostUsd: v.nullable(v.pipe(v.number(), v.minValue(0))) }), {
    localOnly: false,
    maxCostUsd: null,
  }),
  /** Runs when routing takes too long or fails; null = the first enabled model. */
  defaultModelId: setting(v.nullable(v.string()), null),
  quiz: setting(v.object({ completedAt: timestamp, skippedAt: timestamp }), { completedAt: null, skippedAt: null }),
  device: setting(v.picklist(['auto', 'webgpu', 'wasm']), 'auto'),
  lastConversationId: setting(v.nullable(v.string()), null),
  lastBackupAt: setting(timestamp, null),
  persistenceAskedAt: setting(timestamp, null),
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
