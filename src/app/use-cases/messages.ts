import type { Turn } from '../../core/conversation';
import type { ChatMessage } from '../../providers/language-model';
import { shownResponse } from '../store/turn-tree';

/** The conversation so far as the provider gets it. Turns without any answer keep their prompt. */
export function messagesFor(path: readonly Turn[], prompt: string): readonly ChatMessage[] {
  const earlier = path.flatMap((turn): ChatMessage[] => {
    const answer = shownResponse(turn)?.text ?? '';
    const asked: ChatMessage = { role: 'user', content: turn.prompt };
    return answer === '' ? [asked] : [asked, { role: 'assistant', content: answer }];
  });
  return [...earlier, { role: 'user', content: prompt }];
}
