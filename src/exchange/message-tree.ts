import type { ModelResponse, Turn } from '../core/conversation';
import type { ParsedChat, ParsedMessage } from './model';
import { paragraphs } from './values';

/** A turn with what the other app knew of its answers. */
export interface BuiltTurn {
  readonly turn: Turn;
  /** By response id. */
  readonly ratings: ReadonlyMap<string, 1 | -1>;
  /** The same for turns that were one prompt in the other app. */
  readonly promptId: string;
  /** Lies on the path that was on screen; true of none when the export does not say. */
  readonly onPath: boolean;
}

export interface BuiltTree {
  readonly turns: readonly BuiltTurn[];
  /** Leaf of the path on screen. */
  readonly currentTurnId: string | null;
  /** Response by the id of the message it ends with. */
  readonly responseOf: ReadonlyMap<string, string>;
}

/** One answer: a run of assistant messages (text, code, what a tool printed, more text) up to where the user spoke again. */
interface Answer {
  readonly messages: readonly ParsedMessage[];
  readonly last: ParsedMessage;
  readonly replies: readonly ParsedMessage[];
}

/**
 * A tree of messages as turns. Answers to one prompt become the turn's responses; prompts with one parent become sibling turns. A turn builds on
 * one response only, so where the user went on from two answers to the same prompt, the second one gets a sibling turn of its own.
 * Works without recursion and cuts cycles, since a file may hold anything.
 */
export function buildTurns(chat: ParsedChat, conversationId: string, fallbackTime: number): BuiltTree {
  return new TreeBuilder(chat, conversationId, fallbackTime).build();
}

interface Task {
  /** Null for answers without a prompt. */
  readonly prompt: ParsedMessage | null;
  readonly answers: readonly ParsedMessage[];
  readonly parent: Turn | null;
}

class TreeBuilder {
  private readonly children = new Map<string | null, ParsedMessage[]>();
  private readonly visited = new Set<string>();
  private readonly path: ReadonlySet<string>;
  private readonly turns: BuiltTurn[] = [];
  private readonly turnOf = new Map<string, string>();
  private readonly responseOf = new Map<string, string>();

  constructor(
    private readonly chat: ParsedChat,
    private readonly conversationId: string,
    private readonly fallbackTime: number,
  ) {
    const byId = new Map(chat.messages.map((message) => [message.id, message]));
    for (const message of byId.values()) {
      const parent = message.parentId !== null && byId.has(message.parentId) ? message.parentId : null;
      const siblings = this.children.get(parent);
      if (siblings) siblings.push(message);
      else this.children.set(parent, [message]);
    }
    this.path = ancestors(chat.leafId, byId);
  }

  build(): BuiltTree {
    this.from(this.children.get(null) ?? []);
    // What is left hangs in a cycle.
    for (const message of this.chat.messages) if (!this.visited.has(message.id)) this.from([message]);
    const leaf = this.chat.leafId === null ? undefined : this.turnOf.get(this.chat.leafId);
    return { turns: this.turns, currentTurnId: leaf ?? this.turns.at(-1)?.turn.id ?? null, responseOf: this.responseOf };
  }

  private from(roots: readonly ParsedMessage[]): void {
    const loose = roots.filter((message) => message.role === 'assistant');
    const tasks: Task[] = this.tasksFor(roots, null);
    if (loose.length > 0) tasks.push({ prompt: null, answers: loose, parent: null });
    for (let task = tasks.pop(); task !== undefined; task = tasks.pop()) tasks.push(...this.addTurns(task).toReversed());
  }

  /** The user's messages among `messages`, last first. */
  private tasksFor(messages: readonly ParsedMessage[], parent: Turn | null): Task[] {
    const prompts = messages.filter((message) => message.role === 'user' && !this.visited.has(message.id));
    return prompts.toReversed().map((prompt) => ({ prompt, answers: this.below(prompt).filter((message) => message.role === 'assistant'), parent }));
  }

  private below(message: ParsedMessage): readonly ParsedMessage[] {
    return this.children.get(message.id) ?? [];
  }

  private addTurns({ prompt, answers, parent }: Task): readonly Task[] {
    if (prompt !== null && this.visited.has(prompt.id)) return [];
    if (prompt !== null) this.visited.add(prompt.id);
    const found = this.answersFrom(answers);
    const continued = found.filter((answer) => answer.replies.length > 0);
    const main = continued.find((answer) => this.path.has(answer.last.id)) ?? continued.at(-1) ?? null;
    const apart = continued.filter((answer) => answer !== main);
    const together = found.filter((answer) => !apart.includes(answer));
    const first = this.addTurn(prompt, together, main, parent, '');
    const next = [...this.tasksFor(prompt === null ? [] : this.below(prompt), first), ...this.tasksFor(main?.replies ?? [], first)].toReversed();
    const others = apart.flatMap((answer) => this.tasksFor(answer.replies, this.addTurn(prompt, [answer], answer, parent, `-from-${answer.last.id}`)).toReversed());
    return [...next, ...others];
  }

  private answersFrom(first: readonly ParsedMessage[]): readonly Answer[] {
    const answers: Answer[] = [];
    const runs = first.toReversed().map((message): readonly ParsedMessage[] => [message]);
    for (let run = runs.pop(); run !== undefined; run = runs.pop()) {
      const last = run.at(-1);
      if (last === undefined || this.visited.has(last.id)) continue;
      this.visited.add(last.id);
      const below = this.below(last);
      const replies = below.filter((message) => message.role === 'user');
      const more = below.filter((message) => message.role === 'assistant');
      if (replies.length > 0 || more.length === 0) answers.push({ messages: run, last, replies });
      for (const message of more.toReversed()) runs.push([...run, message]);
    }
    return answers;
  }

  private addTurn(prompt: ParsedMessage | null, answers: readonly Answer[], main: Answer | null, parent: Turn | null, suffix: string): Turn {
    const sourceId = prompt?.id ?? answers[0]?.messages[0]?.id ?? 'start';
    const earliest = parent === null ? this.fallbackTime : parent.createdAt + 1;
    const known = prompt?.createdAt ?? answers[0]?.messages[0]?.createdAt ?? this.chat.createdAt;
    const createdAt = parent === null ? (known ?? earliest) : Math.max(known ?? earliest, earliest);
    const id = `${this.conversationId}-${sourceId}${suffix}`;
    const responses = answers.map((answer) => this.response(answer, createdAt));
    const shown = main ?? answers.findLast((answer) => this.path.has(answer.last.id)) ?? answers.at(-1) ?? null;
    const shownResponseId = shown === null ? null : (this.responseOf.get(shown.last.id) ?? null);
    const rated = answers.map(ratingOf).filter((rating) => rating !== null);
    const thumb = shown === null ? null : (ratingOf(shown)?.[1] ?? null);
    const turn: Turn = {
      id,
      conversationId: this.conversationId,
      parentId: parent?.id ?? null,
      createdAt,
      prompt: prompt?.text ?? '',
      attachments: [],
      mode: 'manual',
      decision: null,
      responses,
      shownResponseId,
      comparison: null,
      thumbs: thumb === null ? null : thumb === 1 ? 'up' : 'down',
    };
    for (const message of [...(prompt ? [prompt] : []), ...answers.flatMap((answer) => answer.messages)]) this.turnOf.set(message.id, id);
    const ratings = new Map(rated.map(([messageId, rating]) => [this.responseOf.get(messageId) ?? messageId, rating]));
    this.turns.push({ turn, ratings, promptId: sourceId, onPath: shown !== null && this.path.has(shown.last.id) });
    return turn;
  }

  private response({ messages, last }: Answer, turnCreatedAt: number): ModelResponse {
    const id = `${this.conversationId}-${last.id}`;
    this.responseOf.set(last.id, id);
    const model = messages.findLast((message) => message.model !== null)?.model ?? 'unknown model';
    const startedAt = Math.max(messages[0]?.createdAt ?? turnCreatedAt, turnCreatedAt);
    return {
      id,
      modelId: importedModelId(model),
      modelName: model,
      text: paragraphs(messages.map((message) => message.text)),
      reasoningText: paragraphs(messages.map((message) => message.reasoningText)),
      status: 'complete',
      failure: null,
      startedAt,
      firstTokenAt: null,
      finishedAt: Math.max(last.createdAt ?? startedAt, startedAt),
      usage: null,
      costUsd: null,
      standIn: null,
    };
  }
}

/** A model known by name only. */
function importedModelId(model: string): string {
  return `imported/${model}`;
}

function ratingOf({ messages, last }: Answer): readonly [string, 1 | -1] | null {
  const rating = messages.findLast((message) => message.rating !== null)?.rating ?? null;
  return rating === null ? null : [last.id, rating];
}

function ancestors(leafId: string | null, byId: ReadonlyMap<string, ParsedMessage>): ReadonlySet<string> {
  const path = new Set<string>();
  for (let id = leafId; id !== null && !path.has(id); id = byId.get(id)?.parentId ?? null) path.add(id);
  return path;
}
