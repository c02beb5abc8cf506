import type { Attachment, Turn } from '../../core/conversation';
import type { ChatMessage, ContentPart } from '../../providers/language-model';
import type { StoredAttachment } from '../../storage/rows';
import type { App } from '../store/app';
import { branch, shownResponse } from '../store/turn-tree';

/**
 * The conversation up to and with a turn's prompt, as one model gets it: the chat's own instructions, earlier turns with the answers that were
 * shown, and their files. A model that takes no images is told that there was one.
 */
export async function messagesFor(app: App, turn: Turn, modelId: string): Promise<readonly ChatMessage[]> {
  const path = branch(app.chat.store.getState().turns, turn.parentId);
  const files = await readFiles(app, [...path, turn]);
  const takesImages = app.pool.cardOf(modelId)?.modalities.includes('image') ?? false;
  const asked = (each: Turn): ChatMessage => ({ role: 'user', content: contentOf(each, files, takesImages) });
  const earlier = path.flatMap((each): ChatMessage[] => {
    const answer = shownResponse(each)?.text ?? '';
    return answer === '' ? [asked(each)] : [asked(each), { role: 'assistant', content: answer }];
  });
  const instructions = app.conversations.find(turn.conversationId)?.systemPrompt.trim() ?? '';
  const system: readonly ChatMessage[] = instructions === '' ? [] : [{ role: 'system', content: instructions }];
  return [...system, ...earlier, asked(turn)];
}

type Files = ReadonlyMap<string, StoredAttachment>;

async function readFiles(app: App, turns: readonly Turn[]): Promise<Files> {
  const ids = turns.flatMap((turn) => turn.attachments.map(({ id }) => id));
  return ids.length === 0 ? new Map() : app.composer.files(ids);
}

/** Plain text where that will do: some servers take no parts. Files come first, and the question last. */
function contentOf({ prompt, attachments }: Turn, files: Files, takesImages: boolean): string | readonly ContentPart[] {
  const parts: readonly ContentPart[] = [...attachments.map((attachment) => partOf(attachment, files, takesImages)), { type: 'text', text: prompt }];
  if (parts.some((part) => part.type === 'image')) return parts;
  return parts.flatMap((part) => (part.type === 'text' && part.text !== '' ? [part.text] : [])).join('\n\n');
}

function partOf({ id, kind, name, mediaType }: Attachment, files: Files, takesImages: boolean): ContentPart {
  const file = files.get(id);
  const quoted = JSON.stringify(name);
  if (!file) return { type: 'text', text: `[The file ${quoted} is no longer there.]` };
  if (kind === 'text') return { type: 'text', text: `<file name=${quoted}>\n${new TextDecoder().decode(file.bytes)}\n</file>` };
  if (!takesImages) return { type: 'text', text: `[The image ${quoted} is left out, since you cannot see images.]` };
  return { type: 'image', mediaType, bytes: file.bytes };
}
