import { newConversation } from '../core/conversation';
import { textHash } from '../core/text-hash';
import { judgementsIn } from './judgements';
import { buildTurns } from './message-tree';
import type { ImportedChat, ParsedChat } from './model';

/** A parsed chat in Tacit's terms; null when nobody said anything in it. Ids come from the export's own, or else from the content. */
export function toImportedChat(chat: ParsedChat, now: number): ImportedChat | null {
  const id = `${chat.format}-${chat.sourceId ?? contentId(chat)}`;
  const tree = buildTurns(chat, id, chat.createdAt ?? chat.updatedAt ?? now);
  const turns = tree.turns.map((built) => built.turn);
  const [first] = turns;
  if (first === undefined) return null;
  // Whoever voted saw two answers; what a regeneration says of them is less.
  const judgements = judgementsIn(tree, chat.vote).filter((judgement) => chat.vote === null || judgement.kind === 'vote');
  const createdAt = chat.createdAt ?? first.createdAt;
  const lastTime = turns.reduce((latest, turn) => Math.max(latest, turn.createdAt), createdAt);
  return {
    format: chat.format,
    conversation: newConversation({ id, title: chat.title ?? '', createdAt, updatedAt: Math.max(chat.updatedAt ?? lastTime, createdAt), currentTurnId: tree.currentTurnId }),
    turns,
    judgements,
  };
}

function contentId(chat: ParsedChat): string {
  return textHash(JSON.stringify([chat.title, chat.createdAt, chat.messages.map(({ role, text }) => [role, text])]));
}
