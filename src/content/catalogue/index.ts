import { ANTHROPIC_ENTRIES } from './anthropic';
import { resolveEntry } from './entry';
import { GOOGLE_ENTRIES } from './google';
import { HOSTED_ENTRIES } from './hosted';
import { LEGACY_ENTRIES } from './legacy';
import { MISTRAL_ENTRIES } from './mistral';
import { OPEN_WEIGHT_ENTRIES } from './open-weights';
import { OPENAI_ENTRIES } from './openai';
import { OPENAI_OLDER_ENTRIES } from './openai-older';
import { QWEN_ENTRIES } from './qwen';
import type { CatalogueEntry } from './types';

/** Models that people use, newest generations first within a provider; legacy ones last. */
export const CATALOGUE: readonly CatalogueEntry[] = [
  ...[
    ...OPENAI_ENTRIES,
    ...OPENAI_OLDER_ENTRIES,
    ...ANTHROPIC_ENTRIES,
    ...GOOGLE_ENTRIES,
    ...HOSTED_ENTRIES,
    ...MISTRAL_ENTRIES,
    ...QWEN_ENTRIES,
    ...OPEN_WEIGHT_ENTRIES,
  ].map((draft) => resolveEntry(draft, false)),
  ...LEGACY_ENTRIES.map((draft) => resolveEntry(draft, true)),
];
