import type { ParsedChat, ParsedMessage } from '../model';
import { asList, asName, asRecord, asRecords, asText, asTime, attachedText, paragraphs } from '../values';

/** A conversation of Claude's `conversations.json`. */
export function isClaudeChat(value: Readonly<Record<string, unknown>>): boolean {
  return Array.isArray(value['chat_messages']);
}

/** Claude gives first messages this parent instead of none. */
const NO_PARENT = /^0{8}-0{4}-[04]0{3}-[08]0{3}-0{12}$/;

export function parseClaudeChat(value: Readonly<Record<string, unknown>>): ParsedChat {
  const raw = asRecords(value['chat_messages']);
  const chatModel = asName(value['model']);
  const messages: ParsedMessage[] = [];
  for (const [index, message] of raw.entries()) {
    const previous = messages.at(-1)?.id ?? null;
    messages.push(parseMessage(message, index, previous, chatModel));
  }
  return {
    format: 'claude',
    sourceId: asName(value['uuid']),
    title: asName(value['name']),
    createdAt: asTime(value['created_at']),
    updatedAt: asTime(value['updated_at']),
    messages,
    leafId: asName(value['current_leaf_message_uuid']) ?? messages.at(-1)?.id ?? null,
    vote: null,
  };
}

function parseMessage(message: Readonly<Record<string, unknown>>, index: number, previous: string | null, chatModel: string | null): ParsedMessage {
  const blocks = asRecords(message['content']);
  const isUser = message['sender'] === 'human';
  const written = paragraphs(blocks.map(blockText)) || (asText(message['text']) ?? '');
  return {
    id: asName(message['uuid']) ?? `message-${index}`,
    parentId: parentOf(message, previous),
    role: isUser ? 'user' : 'assistant',
    text: paragraphs([written, ...attachments(message)]),
    reasoningText: paragraphs(blocks.map((block) => (block['type'] === 'thinking' ? asText(block['thinking']) : null))),
    model: isUser ? null : (asName(message['model']) ?? chatModel ?? 'Claude'),
    createdAt: asTime(message['created_at']),
    rating: null,
  };
}

/** Account exports are one line of messages; those made in the page have the tree. */
function parentOf(message: Readonly<Record<string, unknown>>, previous: string | null): string | null {
  const parent = asName(message['parent_message_uuid']);
  if (parent === null) return previous;
  return NO_PARENT.test(parent) ? null : parent;
}

function blockText(block: Readonly<Record<string, unknown>>): string | null {
  if (block['type'] === 'text') return asText(block['text']);
  return block['type'] === 'voice_note' ? asText(block['text']) : artifactText(block);
}

/** An artifact is written by a tool call; its content is part of the answer. */
function artifactText(block: Readonly<Record<string, unknown>>): string | null {
  if (block['type'] !== 'tool_use' || block['name'] !== 'artifacts') return null;
  const input = asRecord(block['input']);
  const content = asText(input?.['content']);
  return content === null ? null : attachedText(asName(input?.['title']), content);
}

function attachments(message: Readonly<Record<string, unknown>>): readonly string[] {
  const texts = asList(message['attachments']).flatMap((attachment) => {
    const file = asRecord(attachment);
    const text = asText(file?.['extracted_content']);
    return text === null || text === '' ? [] : [attachedText(asName(file?.['file_name']), text)];
  });
  const files = asList(message['files']).flatMap((file) => asName(asRecord(file)?.['file_name']) ?? []);
  return [...texts, ...[...new Set(files)].map((name) => `*(${name})*`)];
}
