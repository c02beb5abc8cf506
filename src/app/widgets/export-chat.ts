import { t } from '../i18n';
import type { App } from '../store/app';
import { toast } from '../ui';
import { exportChatJson, exportChatMarkdown } from '../use-cases/export-chats';
import { thrownText } from '../words/thrown-text';
import { download } from './download';

/** Hands one chat over as a file; says so when it cannot be read. */
export async function exportChat(app: App, conversationId: string, kind: 'markdown' | 'json'): Promise<void> {
  const conversation = app.conversations.find(conversationId);
  if (conversation === null) return;
  try {
    download(await (kind === 'json' ? exportChatJson(app, conversation) : exportChatMarkdown(app, conversation)));
  } catch (thrown) {
    toast(t('The chat could not be exported: {{detail}}', { detail: thrownText(thrown) }));
  }
}
