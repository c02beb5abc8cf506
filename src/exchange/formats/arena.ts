import type { ParsedChat, ParsedMessage, ParsedVote } from '../model';
import { asList, asName, asRecord, asText, asTime, paragraphs } from '../values';

/**
 * A row of an arena: two models answered the same prompts and somebody voted. Known shapes: `conversation_a`/`conversation_b` with `winner`
 * (LMSYS Chatbot Arena and its successors), and `prompt`/`response_a`/`response_b` with `winner_model_a`, `winner_model_b`, `winner_tie`.
 */
export function isArenaRow(value: Readonly<Record<string, unknown>>): boolean {
  const hasModels = asName(value['model_a']) !== null && asName(value['model_b']) !== null;
  return hasModels && (Array.isArray(value['conversation_a']) || value['response_a'] !== undefined);
}

export function parseArenaRow(value: Readonly<Record<string, unknown>>): ParsedChat {
  const prompts = textList(value['prompt']);
  const sides = (['a', 'b'] as const).map((side) => sideMessages(side, asName(value[`model_${side}`]) ?? '', sideLines(value, side, prompts), asTime(value['tstamp']) ?? asTime(value['timestamp'])));
  const [left = [], right = []] = sides;
  const vote = voteOf(value, left, right);
  // Both begin with the same prompt: it is asked once, and answered twice.
  const messages = shareFirstPrompt(left, right);
  const leaf = vote?.winner === 'right' ? right.at(-1) : left.at(-1);
  return {
    format: 'arena',
    sourceId: asName(value['question_id']) ?? asName(value['conversation_id']) ?? asName(value['id']) ?? numericId(value['id']),
    title: null,
    createdAt: asTime(value['tstamp']) ?? asTime(value['timestamp']),
    updatedAt: null,
    messages,
    leafId: leaf?.id ?? null,
    vote,
  };
}

interface Line {
  readonly role: 'user' | 'assistant';
  readonly text: string;
}

function numericId(id: unknown): string | null {
  return typeof id === 'number' ? String(id) : null;
}

/** A list of texts, perhaps written as a JSON text. */
function textList(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.map((text) => asText(text) ?? '');
  const text = asText(value);
  if (text === null) return [];
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed.map((part) => asText(part) ?? '') : [text];
  } catch {
    return [text];
  }
}

function sideLines(value: Readonly<Record<string, unknown>>, side: 'a' | 'b', prompts: readonly string[]): readonly Line[] {
  const conversation = value[`conversation_${side}`];
  if (Array.isArray(conversation)) {
    return conversation.flatMap((raw): readonly Line[] => {
      const message = asRecord(raw);
      const role = message?.['role'];
      return role === 'user' || role === 'assistant' ? [{ role, text: contentText(message?.['content']) }] : [];
    });
  }
  const answers = textList(value[`response_${side}`]);
  return prompts.flatMap((prompt, index): readonly Line[] => [{ role: 'user', text: prompt }, { role: 'assistant', text: answers[index] ?? '' }]);
}

/** A text, or a list of typed parts. */
function contentText(content: unknown): string {
  return asText(content) ?? paragraphs(asList(content).map((part) => (asRecord(part)?.['type'] === 'image' ? '*(image)*' : asText(asRecord(part)?.['text']))));
}

function sideMessages(side: string, model: string, lines: readonly Line[], createdAt: number | null): readonly ParsedMessage[] {
  return lines.map(({ role, text }, index) => ({
    id: `${side}${index}`,
    parentId: index === 0 ? null : `${side}${index - 1}`,
    role,
    text,
    reasoningText: '',
    model: role === 'user' ? null : model,
    createdAt: createdAt === null ? null : createdAt + index,
    rating: null,
  }));
}

function shareFirstPrompt(left: readonly ParsedMessage[], right: readonly ParsedMessage[]): readonly ParsedMessage[] {
  const [first] = left;
  const [other, ...rest] = right;
  if (!first || !other || first.role !== 'user' || other.role !== 'user' || first.text !== other.text) return [...left, ...right];
  return [...left, ...rest.map((message) => (message.parentId === other.id ? { ...message, parentId: first.id } : message))];
}

function voteOf(value: Readonly<Record<string, unknown>>, left: readonly ParsedMessage[], right: readonly ParsedMessage[]): ParsedVote | null {
  const winner = winnerOf(value);
  const [leftId, rightId] = [left, right].map((side) => side.findLast((message) => message.role === 'assistant')?.id);
  return winner === null || leftId === undefined || rightId === undefined ? null : { leftId, rightId, winner };
}

function winnerOf(value: Readonly<Record<string, unknown>>): ParsedVote['winner'] | null {
  const isSet = (key: string) => Number(value[key]) === 1;
  const winner = asText(value['winner'])?.toLowerCase().trim() ?? '';
  if (winner === 'model_a' || isSet('winner_model_a')) return 'left';
  if (winner === 'model_b' || isSet('winner_model_b')) return 'right';
  if (/both.?bad/.test(winner)) return 'both_bad';
  return winner === 'tie' || isSet('winner_tie') ? 'tie' : null;
}
