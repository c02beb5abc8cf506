import MiniSearch from 'minisearch';
import { tokenize } from './tokenize';

/** What is searched: a conversation's title, or one turn of it. */
export interface IndexedText {
  /** A turn's id, or `titleId` of a conversation. */
  readonly id: string;
  readonly title: string;
  readonly prompt: string;
  readonly answer: string;
}

export interface TextMatch {
  readonly id: string;
  /** Words of the text that matched, lower case. */
  readonly words: readonly string[];
}

const TITLE = 'title:';

export function titleId(conversationId: string): string {
  return TITLE + conversationId;
}

/** The conversation whose title was found; null for a turn. */
export function titledConversation(id: string): string | null {
  return id.startsWith(TITLE) ? id.slice(TITLE.length) : null;
}

/** A word found inside a title says more than one in a long answer. */
const BOOST = { title: 4, prompt: 2 };

/** One Latin letter begins half of all words. */
const mayGoOn = (term: string) => term.length > 1 || term.charCodeAt(0) > 0x2e80;

/** From this many letters a word may have a typing error in it. */
const FUZZY_FROM = 5;
const FUZZY = 0.2;

/** Full text in memory. Every word of a query has to occur, its last letters may be missing; misspelt ones are tried when nothing is found. */
export class TextIndex {
  private readonly index = new MiniSearch<IndexedText>({
    fields: ['title', 'prompt', 'answer'],
    tokenize,
    // The tokenizer has lower-cased it.
    processTerm: (term) => term,
  });

  put(text: IndexedText): void {
    if (this.index.has(text.id)) this.index.discard(text.id);
    this.index.add(text);
  }

  remove(id: string): void {
    if (this.index.has(id)) this.index.discard(id);
  }

  has(id: string): boolean {
    return this.index.has(id);
  }

  find(query: string, limit: number): readonly TextMatch[] {
    const exact = this.index.search(query, { combineWith: 'AND', prefix: mayGoOn, boost: BOOST });
    const found = exact.length > 0 ? exact : this.index.search(query, { combineWith: 'AND', prefix: mayGoOn, boost: BOOST, fuzzy: (term) => (term.length >= FUZZY_FROM ? FUZZY : false) });
    return found.slice(0, limit).map(({ id, terms }) => ({ id: String(id), words: terms }));
  }
}
