import type { Conversation } from '../../core/conversation';
import type { App } from '../store/app';
import { chatFileName, chatMarkdown } from '../words/chat-markdown';

export interface ExportedFile {
  readonly blob: Blob;
  readonly fileName: string;
}

/** One chat with all its branches and decisions, in the backup's format. Rejects with StorageFailure. */
export async function exportChatJson(app: App, conversation: Conversation): Promise<ExportedFile> {
  const { blob } = await app.platform.storage.exportChats([conversation.id]);
  return { blob, fileName: chatFileName(conversation, 'json') };
}

/** One chat to read. Rejects with StorageFailure. */
export async function exportChatMarkdown(app: App, conversation: Conversation): Promise<ExportedFile> {
  const turns = await app.platform.storage.turns.list(conversation.id);
  return { blob: new Blob([chatMarkdown(conversation, turns)], { type: 'text/markdown' }), fileName: chatFileName(conversation, 'md') };
}

/** Every chat, in the backup's format. Rejects with StorageFailure. */
export function exportAllJson(app: App): Promise<ExportedFile> {
  return app.platform.storage.exportChats(null);
}

/** Every chat to read, one file each in a zip; one chat at a time is in memory. Rejects with StorageFailure. */
export async function exportAllMarkdown(app: App, onProgress: (done: number, total: number) => void): Promise<ExportedFile> {
  const { Zip, ZipDeflate } = await import('fflate');
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  const zip = new Zip((problem, chunk) => {
    if (problem !== null) throw problem;
    pieces.push(new Uint8Array(chunk));
  });
  const conversations = await app.platform.storage.conversations.list();
  const names = new Set<string>();
  for (const [index, conversation] of conversations.entries()) {
    const { blob, fileName } = await exportChatMarkdown(app, conversation);
    const member = new ZipDeflate(freeName(names, fileName));
    zip.add(member);
    member.push(new Uint8Array(await blob.arrayBuffer()), true);
    onProgress(index + 1, conversations.length);
  }
  zip.end();
  return { blob: new Blob(pieces, { type: 'application/zip' }), fileName: `tacit-chats-${new Date(app.platform.clock.now()).toISOString().slice(0, 10)}.zip` };
}

/** Two chats may have one title and day. */
function freeName(taken: Set<string>, fileName: string): string {
  const dot = fileName.lastIndexOf('.');
  let name = fileName;
  for (let count = 2; taken.has(name.toLowerCase()); count++) name = `${fileName.slice(0, dot)} (${count})${fileName.slice(dot)}`;
  taken.add(name.toLowerCase());
  return name;
}
