import type { ParsedChat, ParsedMessage } from '../model';
import { asList, asName, asRecord, asRecords, asText, asTime, attachedText, paragraphs } from '../values';

/** A chat of an Open WebUI export: `chat.history.messages` is a tree by id. Single chats are exported with or without their envelope. */
export function isOpenWebUiChat(value: Readonly<Record<string, unknown>>): boolean {
  return messagesOf(value) !== null;
}

/** A record of Open WebUI's feedback export, which carries the chat it judges. */
export function isOpenWebUiFeedback(value: Readonly<Record<string, unknown>>): boolean {
  const snapshot = asRecord(asRecord(value['snapshot'])?.['chat']);
  return value['type'] === 'rating' && snapshot !== null && isOpenWebUiChat(snapshot);
}

export function parseOpenWebUiFeedback(value: Readonly<Record<string, unknown>>): ParsedChat {
  const chat = parseOpenWebUiChat(asRecord(asRecord(value['snapshot'])?.['chat']) ?? {});
  const rated = asName(asRecord(value['meta'])?.['message_id']);
  const rating = ratingOf(asRecord(value['data'])?.['rating']);
  return { ...chat, messages: chat.messages.map((message) => (message.id === rated && rating !== null ? { ...message, rating } : message)) };
}

export function parseOpenWebUiChat(value: Readonly<Record<string, unknown>>): ParsedChat {
  const chat = asRecord(value['chat']) ?? value;
  const history = asRecord(chat['history']);
  const messages = Object.entries(messagesOf(value) ?? {}).flatMap(([id, raw]) => parseMessage(id, asRecord(raw)) ?? []);
  return {
    format: 'open-webui',
    sourceId: asName(value['id']) ?? asName(chat['id']),
    title: asName(value['title']) ?? asName(chat['title']),
    createdAt: asTime(value['created_at']) ?? asTime(chat['timestamp']),
    updatedAt: asTime(value['updated_at']),
    messages,
    leafId: asName(history?.['currentId']),
    vote: null,
  };
}

function messagesOf(value: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> | null {
  const chat = asRecord(value['chat']) ?? value;
  return asRecord(asRecord(chat['history'])?.['messages']);
}

function parseMessage(id: string, message: Readonly<Record<string, unknown>> | null): ParsedMessage | null {
  if (message === null || (message['role'] !== 'user' && message['role'] !== 'assistant')) return null;
  const isUser = message['role'] === 'user';
  const { text, reasoningText } = separateDetails(asText(message['content']) ?? '');
  return {
    id,
    parentId: asName(message['parentId']),
    role: isUser ? 'user' : 'assistant',
    text: paragraphs([text, ...files(message)]),
    reasoningText: outputReasoning(message) || reasoningText,
    model: isUser ? null : (asName(message['model']) ?? asName(message['modelName'])),
    createdAt: asTime(message['timestamp']),
    rating: ratingOf(asRecord(message['annotation'])?.['rating']),
  };
}

function ratingOf(value: unknown): 1 | -1 | null {
  const rating = Number(value);
  return rating === 1 || rating === -1 ? rating : null;
}

const DETAILS = /<details\b[^>]*\btype="(reasoning|tool_calls|code_interpreter)"[^>]*>([\s\S]*?)<\/details>/g;
const SUMMARY = /<summary>[\s\S]*?<\/summary>/;

/** Open WebUI writes thoughts and tool calls into the answer as HTML. */
function separateDetails(content: string): { readonly text: string; readonly reasoningText: string } {
  const reasoning = [...content.matchAll(DETAILS)].filter(([, kind]) => kind === 'reasoning').map(([, , body]) => plain(body ?? ''));
  return { text: content.replace(DETAILS, '').trim(), reasoningText: paragraphs(reasoning) };
}

function plain(html: string): string {
  const text = html.replace(SUMMARY, '').replaceAll('&gt;', '>').replaceAll('&lt;', '<').replaceAll('&quot;', '"').replaceAll('&#x27;', "'").replaceAll('&amp;', '&');
  return text.replace(/^> ?/gm, '').trim();
}

/** Newer versions keep the pieces of an answer apart as well. */
function outputReasoning(message: Readonly<Record<string, unknown>>): string {
  const pieces = asRecords(message['output']);
  const content = pieces.filter((piece) => piece['type'] === 'reasoning').flatMap((piece) => asList(piece['content']));
  return paragraphs(content.map((part) => asText(asRecord(part)?.['text'])));
}

function files(message: Readonly<Record<string, unknown>>): readonly string[] {
  return asList(message['files']).flatMap((raw) => {
    const file = asRecord(raw);
    const inner = asRecord(file?.['file']);
    const name = asName(file?.['name']) ?? asName(inner?.['filename']);
    const text = asText(asRecord(inner?.['data'])?.['content']);
    if (text !== null && text !== '') return [attachedText(name, text)];
    if (file?.['type'] === 'image') return ['*(image)*'];
    return name === null ? [] : [`*(${name})*`];
  });
}
