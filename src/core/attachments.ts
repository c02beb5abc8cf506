import type { Attachment } from './conversation';
import type { Modality } from './routing';

/** What an image costs differs by provider and size; this is the usual order of magnitude. */
export const TOKENS_PER_IMAGE = 1000;
const BYTES_PER_TOKEN = 4;

export const ATTACHMENT_LIMITS = {
  /** With one prompt. */
  count: 10,
  /** One text file, in bytes: about as much as a long context holds. */
  textBytes: 400_000,
  /** One image as it is chosen; larger sides and files are made smaller before they are sent. */
  imageBytes: 30_000_000,
} as const;

/** What a model has to take in order to read all of these. Text files go as text. */
export function modalitiesOf(attachments: readonly Attachment[]): readonly Modality[] {
  return attachments.some(({ kind }) => kind === 'image') ? ['text', 'image'] : ['text'];
}

export function attachmentTokens(attachments: readonly Attachment[]): number {
  return attachments.reduce((sum, { kind, size }) => sum + (kind === 'image' ? TOKENS_PER_IMAGE : Math.ceil(size / BYTES_PER_TOKEN)), 0);
}
