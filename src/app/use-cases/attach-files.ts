import { ATTACHMENT_LIMITS } from '../../core/attachments';
import type { App } from '../store/app';
import type { NewAttachment } from '../store/composer';

export type AttachProblem =
  | { readonly kind: 'too_many'; readonly limit: number }
  | { readonly kind: 'too_large'; readonly name: string; readonly limitBytes: number }
  /** Neither an image nor text. */
  | { readonly kind: 'not_readable'; readonly name: string }
  | { readonly kind: 'empty'; readonly name: string };

/** Adds files to what is being written. Those that cannot be added are named; the others are there. */
export async function attachFiles(app: App, files: readonly File[]): Promise<readonly AttachProblem[]> {
  const room = ATTACHMENT_LIMITS.count - app.composer.store.getState().attachments.length;
  const taken = files.slice(0, Math.max(0, room));
  const results = await Promise.all(taken.map((file) => prepare(app, file)));
  const ready = results.flatMap((result) => ('attachment' in result ? [result] : []));
  if (ready.length > 0) app.composer.attach(ready);
  const problems = results.flatMap((result) => ('attachment' in result ? [] : [result]));
  return files.length > taken.length ? [...problems, { kind: 'too_many', limit: ATTACHMENT_LIMITS.count }] : problems;
}

async function prepare(app: App, file: File): Promise<NewAttachment | AttachProblem> {
  if (file.size === 0) return { kind: 'empty', name: file.name };
  return file.type.startsWith('image/') && file.type !== 'image/svg+xml' ? prepareImage(app, file) : prepareText(app, file);
}

async function prepareImage(app: App, file: File): Promise<NewAttachment | AttachProblem> {
  if (file.size > ATTACHMENT_LIMITS.imageBytes) return { kind: 'too_large', name: file.name, limitBytes: ATTACHMENT_LIMITS.imageBytes };
  try {
    const { mediaType, bytes } = await app.platform.prepareImage(file);
    return { attachment: { id: app.platform.clock.newId(), kind: 'image', name: file.name || 'image', mediaType, size: bytes.length }, bytes };
  } catch {
    return { kind: 'not_readable', name: file.name };
  }
}

/** Text is whatever decodes as UTF-8 and holds no NUL. */
async function prepareText(app: App, file: File): Promise<NewAttachment | AttachProblem> {
  if (file.size > ATTACHMENT_LIMITS.textBytes) return { kind: 'too_large', name: file.name, limitBytes: ATTACHMENT_LIMITS.textBytes };
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (!isText(bytes)) return { kind: 'not_readable', name: file.name };
  return { attachment: { id: app.platform.clock.newId(), kind: 'text', name: file.name || 'text', mediaType: file.type || 'text/plain', size: bytes.length }, bytes };
}

function isText(bytes: Uint8Array): boolean {
  if (bytes.includes(0)) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
