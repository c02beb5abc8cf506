import type { PoolRules } from '../../core/routing';
import { useTranslation } from '../i18n';
import { useApp, useSlice } from '../store/context';
import { SelectField, Switch } from '../ui';
import { costLimitChoices } from '../words/wishes';
import styles from './picker.module.css';

export interface RulesEditorProps {
  readonly rules: PoolRules;
  readonly onChange: (change: Partial<PoolRules>) => void;
}

/** What Auto may use: the same rules for every chat in the settings, and for one chat beside the composer. */
export function RulesEditor({ rules, onChange }: RulesEditorProps) {
  const { t } = useTranslation();
  const limits = costLimitChoices(rules.maxCostUsd);
  return (
    <div className={styles.rules}>
      <div className={styles.switches}>
        <Switch label={t('Only models on my own machine or network')} checked={rules.localOnly} onCheckedChange={(localOnly) => onChange({ localOnly })} />
        <Switch label={t('Only models that take images')} checked={rules.vision} onCheckedChange={(vision) => onChange({ vision })} />
        <Switch label={t('Only models with a context of 100,000 tokens or more')} checked={rules.longContext} onCheckedChange={(longContext) => onChange({ longContext })} />
        <Switch label={t('Only models that can call tools')} checked={rules.tools} onCheckedChange={(tools) => onChange({ tools })} />
      </div>
      <div className={styles.priceAndProviders}>
        <SelectField
          label={t('Most that one answer may cost')}
          hint={t('By the expected length. Models of unknown price do not qualify under a limit.')}
          value={limits.find((limit) => limit.usd === rules.maxCostUsd)?.value ?? 'none'}
          choices={limits}
          onValueChange={(value) => onChange({ maxCostUsd: limits.find((limit) => limit.value === value)?.usd ?? null })}
        />
        <Providers rules={rules} onChange={onChange} />
      </div>
    </div>
  );
}

function Providers({ rules, onChange }: RulesEditorProps) {
  const { t } = useTranslation();
  const connections = useSlice(useApp().pool, (state) => state.connections);
  if (connections.length < 2 && rules.connectionIds === null) return null;
  const isAllowed = (id: string) => rules.connectionIds === null || rules.connectionIds.includes(id);
  const toggle = (id: string, allowed: boolean) => {
    const ids = connections.map((connection) => connection.id).filter((other) => (other === id ? allowed : isAllowed(other)));
    onChange({ connectionIds: ids.length === connections.length ? null : ids });
  };
  return (
    <fieldset className={styles.providers}>
      <legend>{t('Providers Auto may use')}</legend>
      {connections.map(({ id, name }) => (
        <label key={id} className={styles.check}>
          <input type="checkbox" checked={isAllowed(id)} onChange={(event) => toggle(id, event.target.checked)} />
          {name}
        </label>
      ))}
    </fieldset>
  );
}
