import { Command, Plus, Search } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from '../i18n';
import { routeHref } from '../store/route';
import { useApp, useSlice } from '../store/context';
import { Button, IconButton, Logo } from '../ui';
import { usePainted } from '../ui/use-painted';
import { EngineStatusLine } from './EngineStatusLine';
import styles from './Sidebar.module.css';
import { VIEWS } from './views';

const HistoryList = lazy(() => import('./history/HistoryList').then((module) => ({ default: module.HistoryList })));
const SearchResults = lazy(() => import('./history/SearchResults').then((module) => ({ default: module.SearchResults })));

/** Views at the top, conversations below, the router's state at the foot. */
export function Sidebar({ onCommands }: { readonly onCommands: () => void }) {
  const { t } = useTranslation();
  const app = useApp();
  const route = useSlice(app.route, (state) => state);
  const query = useSlice(app.search, (state) => state.query);
  const painted = usePainted();
  const space = <div className={styles.rest} />;
  return (
    <div className={styles.sidebar}>
      <div className={styles.top}>
        <a className={styles.brand} href={routeHref('chat')}>
          <Logo /> Tacit
        </a>
        <IconButton label={t('Commands and chats')} icon={<Command size={17} />} onClick={onCommands} />
      </div>
      <Button className={styles.newChat} icon={<Plus size={18} />} onClick={() => app.route.go('chat')}>
        {t('New chat')}
      </Button>
      <nav aria-label={t('Views')}>
        <ul className={styles.views}>
          {VIEWS.filter((view) => view.id !== 'chat').map(({ id, label, icon: Icon }) => (
            <li key={id}>
              <a className={styles.view} href={routeHref(id)} aria-current={route.view === id ? 'page' : undefined}>
                <Icon size={17} aria-hidden /> {t(label)}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <label className={styles.search}>
        <Search size={15} aria-hidden />
        <span className="visually-hidden">{t('Search all your chats')}</span>
        <input type="search" placeholder={t('Search chats')} value={query} onChange={(event) => app.search.setQuery(event.target.value)} />
      </label>
      {painted ? <Suspense fallback={space}>{query.trim() === '' ? <HistoryList currentId={route.view === 'chat' ? route.argument : null} /> : <SearchResults />}</Suspense> : space}
      <EngineStatusLine />
    </div>
  );
}
