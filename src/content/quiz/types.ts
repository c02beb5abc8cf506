/** Rough task labels of the prompts, the same eight as in the training data. */
export const QUIZ_TASKS = [
  'knowledge',
  'writing',
  'advice',
  'code',
  'math',
  'transform',
  'roleplay',
  'translation',
] as const;

export type QuizTask = (typeof QUIZ_TASKS)[number];

/**
 * What the author set out to write. Only a note for readers and tests: the router never sees it,
 * it measures the text itself.
 */
export const QUIZ_STYLES = [
  'terse',
  'long',
  'structured',
  'table',
  'warm',
  'hedged',
  'committed',
  'rigorous',
  'examples',
  'asks-back',
  'simple',
  'dense',
  'code',
  'playful',
  'lazy',
] as const;

export type QuizStyle = (typeof QUIZ_STYLES)[number];

export interface QuizAnswer {
  /** `<prompt id>/<letter>`, unique over the quiz. */
  readonly id: string;
  readonly styles: readonly QuizStyle[];
  /** The author's judgement of how good the answer is, −1.5 … 1.5, mean about 0 and deviation about 1. */
  readonly quality: number;
  /** Contains a deliberate mistake; `flaw` says which. */
  readonly flawed: boolean;
  readonly flaw: string | null;
  /** Markdown. */
  readonly text: string;
}

export interface QuizPrompt {
  readonly id: string;
  readonly task: QuizTask;
  readonly prompt: string;
  readonly answers: readonly QuizAnswer[];
}

interface AnswerDraft {
  readonly styles: readonly QuizStyle[];
  readonly quality: number;
  readonly flaw?: string;
  readonly text: string;
}

interface PromptDraft {
  readonly id: string;
  readonly task: QuizTask;
  readonly prompt: string;
  readonly answers: readonly [AnswerDraft, AnswerDraft, AnswerDraft, AnswerDraft];
}

/** Letters the answers `a … d` and fills in what a draft leaves out. */
export function quizPrompt(draft: PromptDraft): QuizPrompt {
  const answers = draft.answers.map((answer, index) => ({
    id: `${draft.id}/${'abcd'.charAt(index)}`,
    styles: answer.styles,
    quality: answer.quality,
    flawed: answer.flaw !== undefined,
    flaw: answer.flaw ?? null,
    text: answer.text.trim(),
  }));
  return { id: draft.id, task: draft.task, prompt: draft.prompt, answers };
}
