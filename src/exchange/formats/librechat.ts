import type { ParsedChat, ParsedMessage } from '../model';
import { asList, asName, asRecord, asRecords, asText, asTime, paragraphs } from '../values';

/** A LibreChat export: flat messages with `parentMessageId`, or nested under `children`. */
export function isLibreChat(value: Readonly<Record<string, unknown>>): boolean {
  const [first] = rawMessages(value);
  return asName(value['conversationId']) !== null && (first === undefined || asRecord(first)?.['messageId'] !== undefined) && (Array.isArray(value['messages']) || Array.isArray(value['messagesTree']));
}

const NO_PARENT = '00000000-0000-0000-0000-000000000000';

export function parseLibreChat(value: Readonly<Record<string, unknown>>): ParsedChat {
  const options = asRecord(value['options']);
  const defaultModel = asName(options?.['model']) ?? asName(value['model']);
  const messages = flatten(rawMessages(value)).flatMap(({ message, parent }) => parseMessage(message, parent, defaultModel) ?? []);
  const times = messages.flatMap((message) => message.createdAt ?? []);
  return {
    format: 'librechat',
    sourceId: asName(value['conversationId']),
    title: asName(value['title']) ?? asName(options?.['title']),
    createdAt: asTime(value['createdAt']) ?? earliest(times),
    updatedAt: asTime(value['updatedAt']),
    messages,
    leafId: messages.at(-1)?.id ?? null,
    vote: null,
  };
}

function earliest(times: readonly number[]): number | null {
  return times.length === 0 ? null : times.reduce((first, time) => Math.min(first, time));
}

function rawMessages(value: Readonly<Record<string, unknown>>): readonly unknown[] {
  return Array.isArray(value['messagesTree']) ? asList(value['messagesTree']) : asList(value['messages']);
}

interface Placed {
  readonly message: Readonly<Record<string, unknown>>;
  /** Known from the nesting; null when only the message itself can say. */
  readonly parent: string | null;
}

/** Depth first, parents before children, without recursion: a file may nest as deep as it likes. */
function flatten(roots: readonly unknown[]): readonly Placed[] {
  const placed: Placed[] = [];
  const waiting: { readonly raw: unknown; readonly parent: string | null }[] = roots.toReversed().map((raw) => ({ raw, parent: null }));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const message = asRecord(next.raw);
    if (message === null) continue;
    placed.push({ message, parent: next.parent });
    const id = asName(message['messageId']);
    for (const child of asList(message['children']).toReversed()) waiting.push({ raw: child, parent: id });
  }
  return placed;
}

function parseMessage(message: Readonly<Record<string, unknown>>, parent: string | null, defaultModel: string | null): ParsedMessage | null {
  const id = asName(message['messageId']);
  if (id === null) return null;
  const isUser = message['isCreatedByUser'] === true;
  const blocks = asRecords(message['content']);
  const ownParent = asName(message['parentMessageId']);
  return {
    id,
    parentId: parent ?? (ownParent === NO_PARENT ? null : ownParent),
    role: isUser ? 'user' : 'assistant',
    text: paragraphs(blocks.map((block) => (block['type'] === 'text' ? blockText(block['text']) : null))) || (asText(message['text']) ?? ''),
    reasoningText: paragraphs(blocks.map((block) => (block['type'] === 'think' ? blockText(block['think']) : null))),
    model: isUser ? null : (asName(message['model']) ?? defaultModel ?? asName(message['sender'])),
    createdAt: asTime(message['createdAt']),
    rating: ratingOf(message['feedback']),
  };
}

/** A block's text is a string, or `{value}` as the assistants API had it. */
function blockText(text: unknown): string | null {
  return asText(text) ?? asText(asRecord(text)?.['value']);
}

function ratingOf(feedback: unknown): 1 | -1 | null {
  const rating = asRecord(feedback)?.['rating'];
  if (rating === 'thumbsUp') return 1;
  return rating === 'thumbsDown' ? -1 : null;
}
