import { isArenaRow, parseArenaRow } from './formats/arena';
import { chatGptRating, isChatGptChat, parseChatGptChat, type RatingsByMessage } from './formats/chatgpt';
import { isClaudeChat, parseClaudeChat } from './formats/claude';
import { isLibreChat, parseLibreChat } from './formats/librechat';
import { isOpenWebUiChat, isOpenWebUiFeedback, parseOpenWebUiChat, parseOpenWebUiFeedback } from './formats/open-webui';
import type { ParsedChat } from './model';
import { asRecord } from './values';

/** What one entry of a file is, told by its content: `other` belongs to an export but is no chat (an account, a rating). */
export type Entry = { readonly kind: 'chat'; readonly chat: ParsedChat } | { readonly kind: 'rating'; readonly messageId: string; readonly rating: 1 | -1 } | { readonly kind: 'other' };

export function readEntry(value: unknown, ratings: RatingsByMessage): Entry {
  const entry = asRecord(value);
  if (entry === null) return { kind: 'other' };
  if (isChatGptChat(entry)) return { kind: 'chat', chat: parseChatGptChat(entry, ratings) };
  if (isClaudeChat(entry)) return { kind: 'chat', chat: parseClaudeChat(entry) };
  if (isOpenWebUiFeedback(entry)) return { kind: 'chat', chat: parseOpenWebUiFeedback(entry) };
  if (isOpenWebUiChat(entry)) return { kind: 'chat', chat: parseOpenWebUiChat(entry) };
  if (isLibreChat(entry)) return { kind: 'chat', chat: parseLibreChat(entry) };
  if (isArenaRow(entry)) return { kind: 'chat', chat: parseArenaRow(entry) };
  const rating = chatGptRating(entry);
  return rating === null ? { kind: 'other' } : { kind: 'rating', ...rating };
}
