import type { ModelResponse, ResponseFailure } from '../core/conversation';
import { phrase } from '../core/phrase';

/** Marks a response that recovery closed because its tab was gone. */
export const INTERRUPTED_KIND = 'interrupted';

const INTERRUPTED: ResponseFailure = {
  kind: INTERRUPTED_KIND,
  message: phrase('The answer was cut off: its tab was closed or reloaded while it was being written.'),
  advice: phrase('The text received until then is kept. Continue it, or regenerate the whole answer.'),
};

/** The same list when `incoming` changes nothing or comes too late. */
export function mergeProgress(responses: readonly ModelResponse[], incoming: ModelResponse): readonly ModelResponse[] {
  const stored = responses.find((response) => response.id === incoming.id);
  if (stored === undefined) return [...responses, incoming];
  if (incoming.status === 'streaming' && hasEnded(stored)) return responses;
  return responses.map((response) => (response.id === incoming.id ? incoming : response));
}

/** Ended for good: a response that recovery closed may still be alive in a tab whose lock could not be seen. */
function hasEnded(response: ModelResponse): boolean {
  return response.status !== 'streaming' && response.failure?.kind !== INTERRUPTED_KIND;
}

/** A streaming response whose writer is gone becomes a stopped one that says so; the text stays. */
export function closeInterrupted(response: ModelResponse, now: number): ModelResponse {
  return { ...response, status: 'stopped', failure: INTERRUPTED, finishedAt: now };
}
