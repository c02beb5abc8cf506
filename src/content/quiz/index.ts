import { CODE_PROMPTS } from './code';
import { CREATIVE_PROMPTS } from './creative';
import { DEBUGGING_PROMPTS } from './debugging';
import { FAMILY_PROMPTS } from './family';
import { HOME_PROMPTS } from './home';
import { LEARNING_PROMPTS } from './learning';
import { NUMBER_PROMPTS } from './numbers';
import { OFFICE_PROMPTS } from './office';
import { OUTDOOR_PROMPTS } from './outdoors';
import type { QuizPrompt } from './types';
import { WORD_PROMPTS } from './words';

export type { QuizAnswer, QuizPrompt, QuizStyle, QuizTask } from './types';

/**
 * The taste quiz: everyday prompts with four answers each, written for this project. Within a prompt the answers differ in
 * length, structure, warmth, rigour, certainty, examples, follow-up questions and quality, and over the quiz these vary
 * independently, so that a handful of picks tells them apart. Load it lazily: it is about 120 kB of text.
 */
export const QUIZ_PROMPTS: readonly QuizPrompt[] = [
  ...HOME_PROMPTS,
  ...OFFICE_PROMPTS,
  ...LEARNING_PROMPTS,
  ...CODE_PROMPTS,
  ...DEBUGGING_PROMPTS,
  ...NUMBER_PROMPTS,
  ...FAMILY_PROMPTS,
  ...CREATIVE_PROMPTS,
  ...WORD_PROMPTS,
  ...OUTDOOR_PROMPTS,
];
