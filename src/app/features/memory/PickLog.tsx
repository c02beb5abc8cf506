import type { TFunction } from 'i18next';
import { Redo2, Undo2 } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PreferencePair } from '../../../core/preference';
import { useApp, useSlice } from '../../store/context';
import { routeHref } from '../../store/route';
import { Badge, Button, cx, Section, SelectField } from '../../ui';
import { SearchField } from '../../ui/SearchField';
import { momentText } from './dates';
import { currentWeights, filterLog, SOURCE_LABEL, sourcesIn, verdictText, weightText, type LogFilter } from './log-rows';
import styles from './memory.module.css';

const PAGE_SIZE = 20;

/** The truth everything is learned from: every pick, newest first, each to be taken back or let count again. */
export function PickLog() {
  const app = useApp();
  const { t } = useTranslation();
  const { log, adaptation } = useSlice(app.memory, (state) => state);
  const highlightedId = useSlice(app.route, (route) => route.argument);
  const [filter, setFilter] = useState<LogFilter>('all');
  const [query, setQuery] = useState('');
  const [shown, setShown] = useState(PAGE_SIZE);
  const found = useMemo(() => filterLog(log, filter, query), [log, filter, query]);
  const weights = useMemo(() => currentWeights(log, adaptation), [log, adaptation]);
  const highlightedAt = found.findIndex((pick) => pick.id === highlightedId);
  const visible = found.slice(0, Math.max(shown, highlightedAt + 1));
  return (
    <Section title={t('Your picks')} hint={t('Newest first. A pick that is taken back stays here and can be brought back; what was learned from it is gone.')}>
      <div className={styles.tools}>
        <SearchField label={t('Search picks by prompt')} placeholder={t('Search prompts')} value={query} onChange={(event) => setQuery(event.target.value)} />
        <div className={styles.filter}>
          <SelectField label={t('Kind')} hideLabel value={filter} choices={filterChoices(log, t)} onValueChange={(value) => setFilter(toFilter(value))} />
        </div>
      </div>
      {found.length === 0 && <p className={styles.faint}>{t('No pick matches.')}</p>}
      <ul className={styles.picks}>
        {visible.map((pick) => (
          <PickRow key={pick.id} pick={pick} weight={weights.get(pick.id)} isHighlighted={pick.id === highlightedId} />
        ))}
      </ul>
      {found.length > visible.length && <Button onClick={() => setShown(visible.length + 4 * PAGE_SIZE)}>{t('Show more ({{number}})', { number: found.length - visible.length })}</Button>}
    </Section>
  );
}

function filterChoices(log: readonly PreferencePair[], t: TFunction): readonly { readonly value: LogFilter; readonly label: string }[] {
  const sources = sourcesIn(log).map((source) => ({ value: source, label: t(SOURCE_LABEL[source]) }));
  return [{ value: 'all', label: t('All kinds') }, ...sources, { value: 'undone', label: t('Taken back') }];
}

function toFilter(value: string): LogFilter {
  if (value === 'undone') return value;
  switch (value) {
    case 'quiz':
    case 'compare':
    case 'thumb':
    case 'regenerate':
    case 'switch':
    case 'import':
      return value;
    default:
      return 'all';
  }
}

interface PickRowProps {
  readonly pick: PreferencePair;
  readonly weight: number | undefined;
  readonly isHighlighted: boolean;
}

function PickRow({ pick, weight, isHighlighted }: PickRowProps) {
  const app = useApp();
  const { t } = useTranslation();
  const row = useRef<HTMLLIElement>(null);
  const isUndone = pick.undoneAt !== null;
  const prompt = pick.promptExcerpt.slice(0, 60);
  useEffect(() => {
    if (isHighlighted) row.current?.scrollIntoView({ block: 'center' });
  }, [isHighlighted]);
  return (
    <li ref={row} className={cx(styles.pick, isUndone && styles.pickUndone, isHighlighted && styles.pickHighlighted)} aria-current={isHighlighted || undefined}>
      <div className={styles.pickText}>
        <p className={styles.pickPrompt} lang={pick.source === 'quiz' ? 'en' : undefined}>{pick.promptExcerpt || t('A pick without text')}</p>
        <p className={styles.pickVerdict}>{verdictText(pick, (id) => app.pool.nameOf(id))}</p>
        <p className={styles.pickFacts}>
          <Badge>{t(SOURCE_LABEL[pick.source])}</Badge>
          <span>{momentText(pick.createdAt)}</span>
          <span>{isUndone ? t('taken back') : weightText(weight)}</span>
          {pick.conversationId && <a href={routeHref('chat', pick.conversationId)}>{t('Open the chat')}</a>}
        </p>
      </div>
      <Button
        size="sm"
        variant="quiet"
        icon={isUndone ? <Redo2 size={15} aria-hidden /> : <Undo2 size={15} aria-hidden />}
        aria-label={isUndone ? t('Let this pick count again: {{prompt}}', { prompt }) : t('Take this pick back: {{prompt}}', { prompt })}
        onClick={() => void (isUndone ? app.memory.redo(pick.id) : app.memory.undo(pick.id))}
      >
        {isUndone ? t('Redo') : t('Undo')}
      </Button>
    </li>
  );
}
