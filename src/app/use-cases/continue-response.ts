import { continuationBase } from '../../core/continuation';
import type { ModelResponse, Turn } from '../../core/conversation';
import type { ChatMessage } from '../../providers/language-model';
import type { App } from '../store/app';
import { measure } from './after-answer';
import { messagesFor } from './messages';
import { streamResponse } from './stream-response';

/**
 * Asked as one more message, since only some providers go on from an assistant's last message (others refuse it, or begin anew). The
 * answer is in the conversation's own language, whatever the language of this request.
 */
const REQUEST =
  'Your last message was cut off. Continue it exactly where it stops, beginning with the very next word. Do not repeat anything, do not apologise, do not comment on the interruption, and keep its language and format.';

/** Stopped, cut, or at the length limit, with something to go on from. */
export function canContinue(response: ModelResponse): boolean {
  if (response.text.trim() === '' || response.failure?.kind === 'content_filter') return false;
  return response.status === 'stopped' || response.status === 'failed' || (response.status === 'complete' && response.failure?.kind === 'length');
}

/** Lets the same model go on with an answer that ended too early; it stays one answer, and what is there is kept whatever happens. */
export async function continueResponse(app: App, turnId: string, responseId: string): Promise<void> {
  const turn = app.chat.find(turnId);
  const cut = turn?.responses.find((response) => response.id === responseId);
  if (!turn || !cut || !canContinue(cut)) return;
  const start = resumed(cut, app.platform.clock.now());
  await app.chat.changeTurn(turnId, (current) => withResponse(current, start));
  const asked = await messagesFor(app, turn, cut.modelId);
  const final = await streamResponse(app, turnId, start, [...asked, ...continuationMessages(cut)], cut);
  if (final.status !== 'complete' || !app.engine.isReady()) return;
  await measure(app, turn, [final]).catch((thrown: unknown) => console.warn('Nothing was learned from this answer', thrown));
}

function continuationMessages(cut: ModelResponse): readonly ChatMessage[] {
  return [
    { role: 'assistant', content: continuationBase(cut.text).trimEnd() },
    { role: 'user', content: REQUEST },
  ];
}

/** The pause does not count as writing time. */
function resumed(cut: ModelResponse, now: number): ModelResponse {
  const pause = now - (cut.finishedAt ?? now);
  return {
    ...cut,
    status: 'streaming',
    failure: null,
    startedAt: cut.startedAt + pause,
    firstTokenAt: cut.firstTokenAt === null ? null : cut.firstTokenAt + pause,
    finishedAt: null,
  };
}

function withResponse(turn: Turn, response: ModelResponse): Turn {
  return { ...turn, responses: turn.responses.map((other) => (other.id === response.id ? response : other)) };
}
