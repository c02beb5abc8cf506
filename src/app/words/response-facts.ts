import type { ModelResponse } from '../../core/conversation';

/** What is known of how an answer came: null where the provider or the clock did not tell. */
export interface ResponseFigures {
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly estimated: boolean;
  readonly costUsd: number | null;
  readonly firstTokenMs: number | null;
  readonly totalMs: number | null;
  readonly tokensPerSecond: number | null;
}

/** Below this a rate says nothing. */
const SHORTEST_WRITING_MS = 50;

export function responseFigures({ usage, costUsd, startedAt, firstTokenAt, finishedAt }: ModelResponse): ResponseFigures {
  const outputTokens = usage?.outputTokens ?? null;
  const writingMs = firstTokenAt === null || finishedAt === null ? 0 : finishedAt - firstTokenAt;
  return {
    inputTokens: usage?.inputTokens ?? null,
    outputTokens,
    estimated: usage?.estimated ?? false,
    costUsd,
    firstTokenMs: firstTokenAt === null ? null : firstTokenAt - startedAt,
    totalMs: firstTokenAt === null || finishedAt === null ? null : finishedAt - startedAt,
    tokensPerSecond: outputTokens === null || writingMs < SHORTEST_WRITING_MS ? null : outputTokens / (writingMs / 1000),
  };
}

export interface ChatTotals {
  readonly answers: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly costUsd: number;
  /** Some counts were estimated, or some price is not known. */
  readonly isRough: boolean;
}

/** Everything that was asked for in a chat counts, also answers that were put aside: they were paid for. */
export function chatTotals(responses: readonly ModelResponse[]): ChatTotals {
  const counted = responses.filter((response) => response.usage !== null);
  return {
    answers: counted.length,
    inputTokens: counted.reduce((sum, { usage }) => sum + (usage?.inputTokens ?? 0), 0),
    outputTokens: counted.reduce((sum, { usage }) => sum + (usage?.outputTokens ?? 0), 0),
    costUsd: counted.reduce((sum, { costUsd }) => sum + (costUsd ?? 0), 0),
    isRough: counted.some(({ usage, costUsd }) => usage?.estimated === true || costUsd === null),
  };
}
