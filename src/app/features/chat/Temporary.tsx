import { Ghost } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TEMPORARY_ID } from '../../../core/conversation';
import { useApp, useSlice } from '../../store/context';
import type { Route } from '../../store/route';
import { ConfirmDialog, Switch } from '../../ui';
import { hasTemporaryContent, makeUsualChat, startTemporaryChat } from '../../use-cases/temporary-chat';
import styles from './temporary.module.css';

/** In a chat without a turn: whether it is to leave a trace. */
export function TemporarySwitch() {
  const app = useApp();
  const { t } = useTranslation();
  const isOn = useSlice(app.chat, (state) => state.conversationId === TEMPORARY_ID);
  return (
    <div className={styles.switch}>
      <Switch label={t('Temporary chat')} checked={isOn} onCheckedChange={(on) => void (on ? startTemporaryChat(app) : makeUsualChat(app))} />
    </div>
  );
}

/** Says all along that nothing is kept, and asks before that comes true. */
export function TemporaryNotice() {
  const app = useApp();
  const { t } = useTranslation();
  const hasTurns = useSlice(app.chat, (state) => state.turns.length > 0);
  const [next, setNext] = useState<Route | null>(null);

  useEffect(() => {
    app.route.guard((route) => {
      const stays = route.view === 'chat' && route.argument === TEMPORARY_ID;
      if (stays || !hasTemporaryContent(app)) return true;
      setNext(route);
      return false;
    });
    const onUnload = (event: BeforeUnloadEvent) => {
      if (hasTemporaryContent(app)) event.preventDefault();
    };
    window.addEventListener('beforeunload', onUnload);
    return () => {
      app.route.guard(null);
      window.removeEventListener('beforeunload', onUnload);
    };
  }, [app]);

  const leave = () => {
    if (next === null) return;
    app.route.guard(null);
    app.route.go(next.view, next.argument, next.detail);
  };
  return (
    <div className={styles.notice} role="note">
      <Ghost size={18} aria-hidden />
      <p>
        <strong>{t('Temporary chat')}</strong>
        {hasTurns
          ? t('Not stored, not learned from. Gone when you leave it.')
          : t('Kept in memory only: not stored, searched, synced, backed up or learned from, and gone when you leave it or reload. The provider gets what you send; what it costs counts in Spending, without its text.')}
      </p>
      <ConfirmDialog
        open={next !== null}
        onOpenChange={(open) => !open && setNext(null)}
        title={t('Discard this temporary chat?')}
        description={t('It is kept nowhere else, so what was written in it will be gone.')}
        confirmLabel={t('Discard')}
        danger
        onConfirm={leave}
      />
    </div>
  );
}
