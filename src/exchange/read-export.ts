import { HISTORY_LIMIT } from '../core/graph';
import type { ImportedKind } from '../core/preference';
import { readEntry } from './detect';
import { ExportFailure, type ExportFormat, type ExportSurvey, type ImportedChat, type ImportedJudgement, type ParsedChat } from './model';
import { readFiles, type ReadableFile } from './read-files';
import { toImportedChat } from './to-chat';

export interface ReadExportOptions {
  readonly now: number;
  readonly onChat: (chat: ImportedChat) => void;
  readonly onProgress?: (progress: ReadProgress) => void;
  /** Called between chunks: waiting here holds the reading back; rejecting ends it. */
  readonly pause?: () => Promise<void> | null;
}

export interface ReadProgress {
  readonly bytes: number;
  readonly totalBytes: number;
  readonly chats: number;
}

export interface ReadOutcome {
  readonly chats: number;
  /** Entries that look like chats but cannot be read, or have nothing in them. */
  readonly skipped: number;
}

/** Reads every chat of an export, one after the other; holds one at a time. @throws ExportFailure */
export async function readExport(files: readonly ReadableFile[], options: ReadExportOptions): Promise<ReadOutcome> {
  const totalBytes = files.reduce((sum, file) => sum + file.size, 0);
  const ratings = await readRatings(files, options);
  const outcome = { chats: 0, skipped: 0, others: 0 };
  await readFiles(files, {
    ...(options.pause && { pause: options.pause }),
    onBytes: (bytes) => options.onProgress?.({ bytes, totalBytes, chats: outcome.chats }),
    onEntry: (value) => {
      const entry = readEntry(value, ratings);
      if (entry.kind !== 'chat') outcome.others += 1;
      else if (take(entry.chat, options)) outcome.chats += 1;
      else outcome.skipped += 1;
    },
  });
  if (outcome.chats + outcome.skipped === 0) throw new ExportFailure({ kind: outcome.others > 0 ? 'unknown_format' : 'no_chats' });
  return { chats: outcome.chats, skipped: outcome.skipped };
}

function take(parsed: ParsedChat, { now, onChat }: ReadExportOptions): boolean {
  const chat = toImportedChat(parsed, now);
  if (chat !== null) onChat(chat);
  return chat !== null;
}

/** ChatGPT keeps thumbs in a file of their own, which may lie behind the chats; only that file is unpacked for it. */
async function readRatings(files: readonly ReadableFile[], { pause }: ReadExportOptions): Promise<ReadonlyMap<string, 1 | -1>> {
  const ratings = new Map<string, 1 | -1>();
  const none = new Map<string, 1 | -1>();
  const archives = files.filter((file) => /\.zip$/i.test(file.name) || /feedback/i.test(file.name));
  await readFiles(archives, {
    ...(pause && { pause }),
    wants: (member) => /feedback/i.test(member),
    onEntry: (value) => {
      const entry = readEntry(value, none);
      if (entry.kind === 'rating') ratings.set(entry.messageId, entry.rating);
    },
  });
  return ratings;
}

const TITLES_SHOWN = 5;
/** Longer answers are measured by their beginning. */
const JUDGED_CHARACTERS = 40_000;

/** Sums up chats for a preview. */
export class Surveyor {
  private readonly chats = new Map<ExportFormat, number>();
  private readonly conversationIds = new Set<string>();
  private readonly models = new Map<string, number>();
  private readonly titles: { readonly title: string; readonly at: number }[] = [];
  private readonly counts: Record<ImportedKind, number> = { vote: 0, rating: 0, regeneration: 0 };
  private readonly seenJudgements = new Set<string>();
  private judgements: ImportedJudgement[] = [];
  private prompts = 0;
  private answers = 0;
  private from: number | null = null;
  private to: number | null = null;

  add(chat: ImportedChat): void {
    const { conversation, turns } = chat;
    if (!this.conversationIds.has(conversation.id)) this.addChat(chat);
    for (const turn of turns) {
      this.prompts += 1;
      this.answers += turn.responses.length;
      for (const response of turn.responses) this.models.set(response.modelName, (this.models.get(response.modelName) ?? 0) + 1);
    }
    chat.judgements.forEach((judgement) => this.addJudgement(judgement));
  }

  summary(skipped: number): ExportSurvey {
    return {
      chats: Object.fromEntries(this.chats),
      conversationIds: [...this.conversationIds],
      prompts: this.prompts,
      answers: this.answers,
      models: [...this.models].map(([name, answers]) => ({ name, answers })).toSorted((left, right) => right.answers - left.answers),
      from: this.from,
      to: this.to,
      titles: this.titles.map(({ title }) => title),
      skipped,
      judgementCounts: { ...this.counts },
      judgements: newest(this.judgements),
    };
  }

  private addChat({ conversation, format, turns }: ImportedChat): void {
    this.conversationIds.add(conversation.id);
    this.chats.set(format, (this.chats.get(format) ?? 0) + 1);
    this.from = Math.min(this.from ?? conversation.createdAt, conversation.createdAt);
    this.to = Math.max(this.to ?? conversation.updatedAt, conversation.updatedAt);
    this.titles.push({ title: conversation.title || (turns[0]?.prompt.slice(0, 80) ?? ''), at: conversation.updatedAt });
    this.titles.sort((left, right) => right.at - left.at);
    this.titles.length = Math.min(this.titles.length, TITLES_SHOWN);
  }

  private addJudgement(judgement: ImportedJudgement): void {
    if (this.seenJudgements.has(judgement.id)) return;
    this.seenJudgements.add(judgement.id);
    this.counts[judgement.kind] += 1;
    this.judgements.push(shortened(judgement));
    if (this.judgements.length > 2 * HISTORY_LIMIT) this.judgements = newest(this.judgements);
  }
}

function newest(judgements: readonly ImportedJudgement[]): ImportedJudgement[] {
  return judgements.toSorted((left, right) => left.createdAt - right.createdAt).slice(-HISTORY_LIMIT);
}

function shortened(judgement: ImportedJudgement): ImportedJudgement {
  const cut = (text: string) => text.slice(0, JUDGED_CHARACTERS);
  const { chosen, rejected } = judgement;
  return { ...judgement, prompt: cut(judgement.prompt), chosen: { ...chosen, text: cut(chosen.text) }, rejected: rejected && { ...rejected, text: cut(rejected.text) } };
}
