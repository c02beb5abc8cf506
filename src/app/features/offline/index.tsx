import { CloudOff, Download, Sparkles } from 'lucide-react';
import { useEffect, useState } from 'react';
import { onInstallEvent } from '../../browser';
import { useTranslation } from '../../i18n';
import type { App } from '../../store/app';
import { useApp, useSlice } from '../../store/context';
import { Bar } from './Bar';
import { watchInstallOffer } from './install-offer';
import { keepForOffline } from './keep-offline';

const installOffer = watchInstallOffer({
  on: onInstallEvent,
  memory: () => localStorage,
});

const kept = new WeakSet<App>();

/** Thin bars above the main view: no network, a new version, install. */
export default function OfflineBars() {
  const app = useApp();
  useEffect(() => {
    if (kept.has(app)) return;
    kept.add(app);
    void keepForOffline(app);
  }, [app]);
  return (
    <>
      <NoNetwork />
      <Update />
      <Install />
    </>
  );
}

function NoNetwork() {
  const { t } = useTranslation();
  const online = useSlice(useApp().offline, (state) => state.online);
  if (online) return null;
  return <Bar icon={<CloudOff size={16} aria-hidden />} text={t('You are offline. Your chats, routing and models on this machine still work; online models wait for the network.')} />;
}

/** Nothing is reloaded unbidden. */
function Update() {
  const { t } = useTranslation();
  const { offline } = useApp();
  const update = useSlice(offline, (state) => state.update);
  const [putAside, setPutAside] = useState<typeof update>('none');
  if (update === 'none' || update === putAside) return null;
  return (
    <Bar
      icon={<Sparkles size={16} aria-hidden />}
      text={update === 'available' ? t('A new version of Tacit is ready.') : t('Tacit was updated in another tab.')}
      action={{ label: update === 'available' ? t('Update now') : t('Reload'), onClick: offline.applyUpdate }}
      aside={{ label: t('Later'), onClick: () => setPutAside(update) }}
    />
  );
}

/** Not before there is something worth coming back to. */
function Install() {
  const { t } = useTranslation();
  const app = useApp();
  const canInstall = useSlice(installOffer, (state) => state.canInstall);
  const hasChats = useSlice(app.conversations, (state) => state.list.length > 0);
  const hasPicks = useSlice(app.memory, (state) => state.log.length > 0);
  if (!canInstall || (!hasChats && !hasPicks)) return null;
  return (
    <Bar
      icon={<Download size={16} aria-hidden />}
      text={t('Install Tacit: it opens in a window of its own, starts without a network, and the browser keeps your data.')}
      action={{ label: t('Install'), onClick: () => void installOffer.install() }}
      aside={{ label: t('No, thanks'), onClick: installOffer.putAside }}
    />
  );
}
