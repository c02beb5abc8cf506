import { useCallback, useEffect } from 'react';
import type { Conversation } from '../../../core/conversation';
import { t } from '../../i18n';
import type { App } from '../../store/app';
import { useApp } from '../../store/context';
import { toast } from '../../ui';

/** Deletes a chat and offers the undo for as long as there is one. */
export function useRemoval(): (conversation: Conversation) => Promise<void> {
  const app = useApp();
  return useCallback(
    async (conversation: Conversation) => {
      const { view, argument } = app.route.store.getState();
      await app.conversations.remove(conversation.id);
      if (view === 'chat' && argument === conversation.id) app.route.go('chat');
      offerUndo(app, conversation);
    },
    [app],
  );
}

/** At the start: what a closed tab left undecided is offered once more, so that a deletion never becomes final unseen. */
export function useInterruptedRemovals(): void {
  const app = useApp();
  useEffect(() => {
    void app.conversations.resumeRemovals().then((open) => {
      for (const conversation of open) offerUndo(app, conversation);
    });
  }, [app]);
}

function offerUndo(app: App, { id, title }: Conversation): void {
  toast(t('Deleted “{{title}}”', { title }), { label: t('Undo'), onClick: () => void app.conversations.restore(id) });
}
