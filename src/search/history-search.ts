import type { Conversation, Turn } from '../core/conversation';
import type { TacitStorage } from '../storage/storage';
import type { SearchHit, SearchResult } from './messages';
import { markedText, snippet } from './snippet';
import { TextIndex, titledConversation, titleId, type TextMatch } from './text-index';

/** Turns read at a time: a query waits for no more than one such piece. */
const CHUNK = 200;

export type HistoryStorage = Pick<TacitStorage, 'conversations' | 'turns' | 'watchChanges'>;

/**
 * Search over everything stored. The index is built when it is first asked for, in pieces between which queries are answered from what is there; later
 * it reads only what has changed, and only when it is asked again, so that streaming costs it nothing.
 */
export class HistorySearch {
  private readonly index = new TextIndex();
  private readonly conversations = new Map<string, Conversation>();
  /** Turns of the index by conversation, so that a deleted conversation's leave it. */
  private readonly owners = new Map<string, string>();
  private readonly changed = new Set<string>();
  private unread: string[] = [];
  private total = 0;
  private titlesChanged = true;
  private idsChanged = true;
  private building: Promise<void> | null = null;

  /** `pause` lets waiting messages in between two pieces; `onReady` is told when everything stored has been read. */
  constructor(
    private readonly storage: HistoryStorage,
    private readonly pause: () => Promise<void>,
    private readonly onReady: () => void,
    private readonly now: () => number,
  ) {
    storage.watchChanges('turns', ({ keys, many }) => {
      for (const key of keys) this.changed.add(key);
      if (many) this.idsChanged = true;
    });
    storage.watchChanges('conversations', () => (this.titlesChanged = true));
  }

  /** Rejects with StorageFailure. */
  async search(query: string, limit: number): Promise<SearchResult> {
    const start = this.now();
    await this.catchUp();
    const hits = await this.hits(this.index.find(query, limit));
    return { hits, indexed: { done: this.total - this.unread.length, total: this.total }, ms: this.now() - start };
  }

  /** Resolves when everything stored is in the index. */
  async ready(): Promise<void> {
    await this.catchUp();
    await this.building;
  }

  private async catchUp(): Promise<void> {
    if (this.titlesChanged) await this.readTitles();
    if (this.idsChanged) await this.compareIds();
    if (this.changed.size > 0) await this.readChanged();
    if (this.unread.length > 0) this.building ??= this.build().finally(() => (this.building = null));
  }

  private async readTitles(): Promise<void> {
    this.titlesChanged = false;
    const list = await this.storage.conversations.list();
    const there = new Set(list.map(({ id }) => id));
    for (const id of this.conversations.keys()) {
      if (there.has(id)) continue;
      this.conversations.delete(id);
      this.index.remove(titleId(id));
    }
    for (const conversation of list) {
      const known = this.conversations.get(conversation.id);
      this.conversations.set(conversation.id, conversation);
      if (known?.title !== conversation.title) this.index.put({ id: titleId(conversation.id), title: conversation.title, prompt: '', answer: '' });
    }
  }

  /** After the start, and after changes too many to be named. */
  private async compareIds(): Promise<void> {
    this.idsChanged = false;
    const ids = await this.storage.turns.allIds();
    const there = new Set(ids);
    for (const id of this.owners.keys()) if (!there.has(id)) this.forget(id);
    this.unread = ids.filter((id) => !this.owners.has(id)).toReversed();
    this.total = ids.length;
  }

  private async readChanged(): Promise<void> {
    const ids = [...this.changed];
    this.changed.clear();
    const turns = await this.storage.turns.getLight(ids);
    const there = new Set(turns.map((turn) => turn.id));
    for (const id of ids) if (!there.has(id)) this.forget(id);
    turns.forEach((turn) => this.put(turn));
    const waiting = new Set(ids);
    this.unread = this.unread.filter((id) => !waiting.has(id));
    this.total = this.owners.size + this.unread.length;
  }

  private async build(): Promise<void> {
    while (this.unread.length > 0) {
      const ids = this.unread.slice(0, CHUNK);
      const turns = await this.storage.turns.getLight(ids);
      this.unread = this.unread.slice(CHUNK);
      turns.forEach((turn) => this.put(turn));
      await this.pause();
    }
    this.onReady();
  }

  private put(turn: Turn): void {
    this.owners.set(turn.id, turn.conversationId);
    this.index.put({ id: turn.id, title: '', prompt: turn.prompt, answer: turn.responses.map((response) => response.text).join('\n') });
  }

  private forget(turnId: string): void {
    this.owners.delete(turnId);
    this.index.remove(turnId);
  }

  /** Texts are not kept in the index; those of the few matches are read. */
  private async hits(matches: readonly TextMatch[]): Promise<readonly SearchHit[]> {
    const turns = await this.storage.turns.getLight(matches.map(({ id }) => id).filter((id) => this.owners.has(id)));
    const byId = new Map(turns.map((turn) => [turn.id, turn]));
    return matches.flatMap((match) => {
      const titled = titledConversation(match.id);
      if (titled !== null) return this.titleHit(titled, match.words);
      const turn = byId.get(match.id);
      return turn ? this.turnHit(turn, match.words) : [];
    });
  }

  private titleHit(conversationId: string, words: readonly string[]): readonly SearchHit[] {
    const conversation = this.conversations.get(conversationId);
    if (!conversation) return [];
    const { title, updatedAt } = conversation;
    return [{ conversationId, title, turnId: null, source: 'title', snippet: markedText(title, words), at: updatedAt }];
  }

  private turnHit(turn: Turn, words: readonly string[]): readonly SearchHit[] {
    const conversation = this.conversations.get(turn.conversationId);
    // Being deleted: out of every list, and of this one.
    if (!conversation) return [];
    const inPrompt = snippet(turn.prompt, words);
    const inAnswer = inPrompt ? null : turn.responses.map(({ text }) => snippet(text, words)).find((found) => found !== null);
    return [
      {
        conversationId: turn.conversationId,
        title: conversation.title,
        turnId: turn.id,
        source: inPrompt ? 'prompt' : 'answer',
        snippet: inPrompt ?? inAnswer ?? [],
        at: turn.createdAt,
      },
    ];
  }
}
