import type { ParsedChat, ParsedMessage } from '../model';
import { asList, asName, asRecord, asText, asTime, fenced, paragraphs } from '../values';

/** Thumbs by message id, from `message_feedback.json`. */
export type RatingsByMessage = ReadonlyMap<string, 1 | -1>;

/** A conversation of ChatGPT's `conversations.json`: a tree of messages under `mapping`. */
export function isChatGptChat(value: Readonly<Record<string, unknown>>): boolean {
  return asRecord(value['mapping']) !== null;
}

/** An entry of `message_feedback.json`. */
export function chatGptRating(value: Readonly<Record<string, unknown>>): { readonly messageId: string; readonly rating: 1 | -1 } | null {
  const messageId = asName(value['message_id']) ?? asName(value['id']);
  const rating = asText(value['rating'])?.toLowerCase().replaceAll('_', '') ?? '';
  if (messageId === null || asName(value['conversation_id']) === null) return null;
  if (rating === 'thumbsup') return { messageId, rating: 1 };
  return rating === 'thumbsdown' ? { messageId, rating: -1 } : null;
}

export function parseChatGptChat(value: Readonly<Record<string, unknown>>, ratings: RatingsByMessage): ParsedChat {
  const mapping = asRecord(value['mapping']) ?? {};
  const defaultModel = asName(value['default_model_slug']);
  const visible = new Map<string, ParsedMessage>();
  for (const [nodeId, raw] of Object.entries(mapping)) {
    const message = parseNode(nodeId, asRecord(raw), defaultModel, ratings);
    if (message !== null) visible.set(nodeId, message);
  }
  const nearest = (nodeId: string | null) => nearestVisible(nodeId, mapping, visible);
  return {
    format: 'chatgpt',
    sourceId: asName(value['conversation_id']) ?? asName(value['id']),
    title: asName(value['title']),
    createdAt: asTime(value['create_time']),
    updatedAt: asTime(value['update_time']),
    messages: [...visible].map(([nodeId, message]) => ({ ...message, parentId: nearest(parentOf(mapping, nodeId)) })),
    leafId: nearest(asName(value['current_node'])),
    vote: null,
  };
}

function parentOf(mapping: Readonly<Record<string, unknown>>, nodeId: string): string | null {
  return Object.hasOwn(mapping, nodeId) ? asName(asRecord(mapping[nodeId])?.['parent']) : null;
}

/** The message itself or its first ancestor that people saw. */
function nearestVisible(start: string | null, mapping: Readonly<Record<string, unknown>>, visible: ReadonlyMap<string, ParsedMessage>): string | null {
  const passed = new Set<string>();
  let nodeId = start;
  while (nodeId !== null && !visible.has(nodeId)) {
    if (passed.has(nodeId)) return null;
    passed.add(nodeId);
    nodeId = parentOf(mapping, nodeId);
  }
  return nodeId;
}

function parseNode(nodeId: string, node: Readonly<Record<string, unknown>> | null, defaultModel: string | null, ratings: RatingsByMessage): ParsedMessage | null {
  const message = asRecord(node?.['message']);
  const content = asRecord(message?.['content']);
  const author = asText(asRecord(message?.['author'])?.['role']);
  if (message === null || content === null || author === null || author === 'system') return null;
  const metadata = asRecord(message['metadata']) ?? {};
  if (metadata['is_visually_hidden_from_conversation'] === true) return null;
  const reasoningText = asText(content['content_type']) === 'thoughts' ? thoughts(content) : '';
  const text = reasoningText === '' ? messageText(content, author, asText(message['recipient']) ?? 'all') : '';
  if (text === '' && reasoningText === '') return null;
  return {
    id: nodeId,
    parentId: null,
    role: author === 'user' ? 'user' : 'assistant',
    text,
    reasoningText,
    model: author === 'user' ? null : (asName(metadata['model_slug']) ?? defaultModel),
    createdAt: asTime(message['create_time']),
    rating: ratings.get(nodeId) ?? ratings.get(asText(message['id']) ?? '') ?? null,
  };
}

function thoughts(content: Readonly<Record<string, unknown>>): string {
  return paragraphs(asList(content['thoughts']).map((thought) => paragraphs([asText(asRecord(thought)?.['summary']), asText(asRecord(thought)?.['content'])])));
}

/** What a person saw of it. Calls to tools, and what they gave back, are plumbing; code that ran and what it printed are not. */
function messageText(content: Readonly<Record<string, unknown>>, author: string, recipient: string): string {
  const type = asText(content['content_type']) ?? '';
  if (type === 'code') return codeText(content, recipient);
  if (type === 'execution_output') return fenced(asText(content['text']) ?? '', 'text');
  if (author === 'tool') return type === 'multimodal_text' ? partsText(content) : '';
  if (recipient !== 'all') return '';
  return type === 'text' || type === 'multimodal_text' ? withoutMarkers(partsText(content)) : '';
}

function codeText(content: Readonly<Record<string, unknown>>, recipient: string): string {
  const language = asText(content['language']) ?? '';
  const isShown = recipient === 'all' || recipient === 'python';
  const code = asText(content['text']) ?? partsText(content);
  return isShown && code.trim() !== '' ? fenced(code, language === 'unknown' ? (recipient === 'python' ? 'python' : '') : language) : '';
}

function partsText(content: Readonly<Record<string, unknown>>): string {
  return paragraphs(asList(content['parts']).map(partText));
}

function partText(part: unknown): string | null {
  if (typeof part === 'string') return part;
  const piece = asRecord(part);
  const type = asText(piece?.['content_type']) ?? '';
  if (type === 'image_asset_pointer') return '*(image)*';
  // Spoken words come as a transcription beside a pointer to the recording.
  if (type.endsWith('audio_asset_pointer') || type.includes('audio_video')) return null;
  return asText(piece?.['text']);
}

/** Citations are wrapped in characters of the private use area that only ChatGPT's own page resolves. */
function withoutMarkers(text: string): string {
  return text.replace(/\uE200[^\uE201]*\uE201/g, '').replace(/[\uE200-\uE206]/g, '');
}
