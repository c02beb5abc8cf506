import { PanelLeft } from 'lucide-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from '../i18n';
import { useApp, useSlice } from '../store/context';
import { IconButton, Logo, Sheet, Spinner, Toaster, TooltipProvider } from '../ui';
import { usePainted } from '../ui/use-painted';
import { useInterruptedRemovals } from './history/removal';
import { Sidebar } from './Sidebar';
import styles from './Shell.module.css';
import { useKeyboardShortcuts, type Overlay } from './shortcuts';
import { useTheme } from './theme';
import { ViewBoundary } from './ViewBoundary';
import { VIEWS } from './views';

const Offline = lazy(() => import('../features/offline'));
const CommandPalette = lazy(() => import('../features/palette/CommandPalette'));
const ShortcutSheet = lazy(() => import('../features/palette/ShortcutSheet'));

/** Sidebar, main view, toasts. On a phone the sidebar is a drawer behind the bar at the top. */
export function Shell() {
  const app = useApp();
  const { t } = useTranslation();
  const route = useSlice(app.route, (state) => state);
  const [drawerOpen, setDrawerOpen] = useState(false);
  const painted = usePainted();
  useTheme();
  const [overlay, setOverlay] = useState<Overlay | null>(null);
  useKeyboardShortcuts(setOverlay);
  useInterruptedRemovals();
  const openPalette = () => {
    setDrawerOpen(false);
    setOverlay('palette');
  };
  useEffect(() => setDrawerOpen(false), [route]);

  const view = VIEWS.find((candidate) => candidate.id === route.view);
  const View = view?.component;
  useEffect(() => {
    document.title = view && view.id !== 'chat' ? `${t(view.label)} · Tacit` : 'Tacit';
  }, [view, t]);

  return (
    <TooltipProvider>
      <a className={styles.skip} href="#main" onClick={focusMain}>
        {t('Skip to content')}
      </a>
      <div className={styles.shell}>
        <aside className={styles.sidebar}>
          <Sidebar onCommands={openPalette} />
        </aside>
        <div className={styles.column}>
          <header className={styles.bar}>
            <IconButton label={t('Open the sidebar')} icon={<PanelLeft size={20} />} onClick={() => setDrawerOpen(true)} />
            <span className={styles.barTitle}>
              <Logo size={20} /> {view && view.id !== 'chat' ? t(view.label) : 'Tacit'}
            </span>
          </header>
          <Suspense>{painted && <Offline />}</Suspense>
          <main id="main" className={styles.main} tabIndex={-1}>
            <ViewBoundary key={route.view}>
              <Suspense fallback={<Loading />}>{View && <View />}</Suspense>
            </ViewBoundary>
          </main>
        </div>
      </div>
      <Sheet open={drawerOpen} onOpenChange={setDrawerOpen} title={t('Conversations and views')} side="left">
        <Sidebar onCommands={openPalette} />
      </Sheet>
      {painted && <Toaster />}
      <Suspense>
        {overlay === 'palette' && <CommandPalette onClose={() => setOverlay(null)} onShortcuts={() => setOverlay('shortcuts')} />}
        {overlay === 'shortcuts' && <ShortcutSheet onClose={() => setOverlay(null)} />}
      </Suspense>
    </TooltipProvider>
  );
}

/** The hash is the router's, so the skip link moves focus itself. */
function focusMain(event: { preventDefault: () => void }) {
  event.preventDefault();
  document.getElementById('main')?.focus();
}

function Loading() {
  const { t } = useTranslation();
  return (
    <div className={styles.loading}>
      <Spinner label={t('Opening')} />
    </div>
  );
}
