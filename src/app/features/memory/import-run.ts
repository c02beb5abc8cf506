import type { ExportSurvey, ImportedChat } from '../../../exchange/model';
import type { ReadProgress } from '../../../exchange/read-export';
import type { ReadableFile } from '../../../exchange/read-files';
import type { App } from '../../store/app';
import { titleFrom } from '../../store/conversations';

export interface ImportRun {
  readonly files: readonly ReadableFile[];
  readonly onProgress: (progress: ReadProgress) => void;
  readonly signal: AbortSignal;
}

export interface ImportPreview {
  readonly survey: ExportSurvey;
  /** Chats of the file that are here already; only what is new in them would be added. */
  readonly alreadyHere: number;
}

/** Reads all of the files and stores nothing. Rejects with ExportFailure, or with the signal's reason. */
export async function previewImport(app: App, run: ImportRun): Promise<ImportPreview> {
  const survey = await app.platform.exports.survey({ ...run, now: app.platform.clock.now() });
  const here = new Set(app.conversations.store.getState().list.map((conversation) => conversation.id));
  return { survey, alreadyHere: survey.conversationIds.filter((id) => here.has(id)).length };
}

export interface ImportResult {
  readonly added: number;
  readonly grown: number;
  readonly known: number;
  /** One of the new chats, to open. */
  readonly firstId: string | null;
}

/**
 * Stores the chats batch by batch. When it is cancelled or fails on the way, the chats that this run had added are removed again. After a crash
 * the same file can be imported once more: what is here already is recognised.
 */
export async function runImport(app: App, run: ImportRun): Promise<ImportResult> {
  const { storage, clock, exports } = app.platform;
  const added: string[] = [];
  let grown = 0;
  let known = 0;
  try {
    await exports.read({ ...run, now: clock.now() }, async (chats) => {
      run.signal.throwIfAborted();
      const stored = await storage.importChats(chats.map(titled));
      added.push(...stored.added);
      grown += stored.grown.length;
      known += stored.known;
    });
  } catch (thrown) {
    await storage.removeImported(added);
    throw thrown;
  }
  return { added: added.length, grown, known, firstId: added.at(-1) ?? null };
}

function titled({ conversation, turns }: ImportedChat): Pick<ImportedChat, 'conversation' | 'turns'> {
  const title = conversation.title.trim() || titleFrom(turns.find((turn) => turn.prompt.trim() !== '')?.prompt ?? '');
  return { conversation: { ...conversation, title }, turns };
}
