import type { SearchHit, SnippetPart } from '../../../search/messages';
import { dateText, t, useTranslation } from '../../i18n';
import { useApp, useSlice } from '../../store/context';
import { routeHref } from '../../store/route';
import { ProgressBar } from '../../ui';
import styles from './search.module.css';

/** Where the words of the query occur, best first; each leads to its message. */
export function SearchResults() {
  const { t } = useTranslation();
  const { hits, read, problem } = useSlice(useApp().search, (state) => state);
  return (
    <nav aria-label={t('Search results')} className={styles.results}>
      <p className={styles.note} role="status">
        {problem === null ? countText(hits) : t('The chats could not be searched: {{detail}}', { detail: problem })}
      </p>
      {read < 1 && <ProgressBar label={t('Still reading your chats')} value={read} />}
      <ul className={styles.hits}>
        {hits?.map((hit) => (
          <li key={`${hit.conversationId} ${hit.turnId}`}>
            <a className={styles.hit} href={routeHref('chat', hit.conversationId, hit.turnId)}>
              <span className={styles.title}>{hit.turnId === null ? <Snippet parts={hit.snippet} /> : hit.title}</span>
              {hit.turnId !== null && (
                <span className={styles.snippet}>
                  <Snippet parts={hit.snippet} />
                </span>
              )}
              <span className={styles.date}>{dateText(hit.at)}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function countText(hits: readonly SearchHit[] | null): string {
  if (hits === null) return t('Searching');
  return hits.length === 0 ? t('No chat has that.') : t('{{count}} places', { count: hits.length });
}

function Snippet({ parts }: { readonly parts: readonly SnippetPart[] }) {
  return parts.map((part, index) => (part.match ? <mark key={index}>{part.text}</mark> : part.text));
}
