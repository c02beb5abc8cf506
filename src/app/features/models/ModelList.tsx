import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../core/connection';
import type { StoredModel } from '../../../storage/rows';
import { useApp, useSlice } from '../../store/context';
import { Button, Section } from '../../ui';
import { SearchField } from '../../ui/SearchField';
import { Segmented } from '../../ui/Segmented';
import { ModelDialog } from './ModelDialog';
import { ModelRow } from './ModelRow';
import { findModels, judgedByModel, NOT_JUDGED, type ModelFilter } from './model-rows';
import styles from './model-list.module.css';
import shared from './shared.module.css';

const PAGE_SIZE = 50;

/** Every model, searchable, with its switch. Those that are on come first when the list is opened. */
export function ModelList({ connections }: { readonly connections: readonly Connection[] }) {
  const app = useApp();
  const { t } = useTranslation();
  const models = useSlice(app.pool, (state) => state.models);
  const log = useSlice(app.memory, (state) => state.log);
  const [query, setQuery] = useState('');
  const [filter, setFilter] = useState<ModelFilter>('all');
  const [shown, setShown] = useState(PAGE_SIZE);
  const [openId, setOpenId] = useState<string | null>(null);
  const order = useOpeningOrder(models);
  const deferredQuery = useDeferredValue(query);
  const found = useMemo(() => findModels(order, deferredQuery, filter), [order, deferredQuery, filter]);
  const judged = useMemo(() => judgedByModel(log), [log]);
  const on = models.filter((model) => model.enabled).length;
  const hasSeveral = connections.length > 1;
  const nameOf = (model: StoredModel) => connections.find((connection) => connection.id === model.connectionId)?.name ?? null;
  const open = models.find((model) => model.id === openId) ?? null;
  return (
    <Section title={t('In Auto’s pool')} hint={t('{{on}} of {{all}} models are on. A dozen different ones are a good choice; the rest stays at hand in the chat.', { on, all: models.length })}>
      <div className={styles.tools}>
        <SearchField
          label={t('Search models')}
          placeholder={t('Search models')}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setShown(PAGE_SIZE);
          }}
        />
        <Segmented<ModelFilter>
          label={t('Show')}
          value={filter}
          choices={[
            { value: 'all', label: t('All') },
            { value: 'on', label: t('On') },
            { value: 'off', label: t('Off') },
          ]}
          onValueChange={setFilter}
        />
        <SwitchAll models={found} isFiltered={found.length < models.length} />
      </div>
      {found.length === 0 && <p className={shared.faint}>{filter === 'on' && query === '' ? t('No model is on, so Auto has nothing to choose from.') : t('No model matches.')}</p>}
      <ul className={shared.models}>
        {found.slice(0, shown).map((model) => (
          <ModelRow
            key={model.id}
            model={model}
            connectionName={hasSeveral ? nameOf(model) : null}
            judged={judged.get(model.id) ?? NOT_JUDGED}
            onToggle={(enabled) => void app.pool.setEnabled(model.id, enabled)}
            onOpen={() => setOpenId(model.id)}
          />
        ))}
      </ul>
      {found.length > shown && (
        <Button onClick={() => setShown(shown + 4 * PAGE_SIZE)}>
          {t('Show more ({{number}})', { number: found.length - shown })}
        </Button>
      )}
      {open && <ModelDialog key={open.id} model={open} judged={judged.get(open.id) ?? NOT_JUDGED} onClose={() => setOpenId(null)} />}
    </Section>
  );
}

/** On before off, by what is on when the view opens: a row must not jump away under the finger that switches it. */
function useOpeningOrder(models: readonly StoredModel[]): readonly StoredModel[] {
  const [onAtFirst] = useState(() => new Set(models.filter((model) => model.enabled).map((model) => model.id)));
  return useMemo(() => {
    const known = (model: StoredModel) => Number(onAtFirst.has(model.id));
    return models.toSorted((left, right) => known(right) - known(left));
  }, [models, onAtFirst]);
}

function SwitchAll({ models, isFiltered }: { readonly models: readonly StoredModel[]; readonly isFiltered: boolean }) {
  const app = useApp();
  const { t } = useTranslation();
  const set = (enabled: boolean) => {
    const changed = models.filter((model) => model.enabled !== enabled).map((model) => ({ ...model, enabled }));
    if (changed.length > 0) void app.pool.saveModels(changed);
  };
  const number = models.length;
  return (
    <div className={styles.switchAll}>
      <Button size="sm" variant="quiet" onClick={() => set(true)}>
        {isFiltered ? t('Switch these {{number}} on', { number }) : t('Switch all on')}
      </Button>
      <Button size="sm" variant="quiet" onClick={() => set(false)}>
        {isFiltered ? t('Switch these {{number}} off', { number }) : t('Switch all off')}
      </Button>
    </div>
  );
}
