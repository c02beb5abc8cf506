import { useTranslation } from '../../i18n';
import type { PoolRules } from '../../../core/routing';
import { useApp, useSlice } from '../../store/context';
import { routeHref } from '../../store/route';
import { Switch, TextLink } from '../../ui';
import { Segmented } from '../../ui/Segmented';
import { Frontier } from '../../widgets/Frontier';
import { RulesEditor } from '../../widgets/RulesEditor';
import { useCurrentLimits } from '../../widgets/use-limits';
import { WishSliders } from '../../widgets/WishSliders';
import styles from './picker.module.css';

/** Wishes with their effect on this prompt, and limits for this chat or for all. */
export default function PickerPanel() {
  const { t } = useTranslation();
  return (
    <div className={styles.panel}>
      <section className={styles.panelSection}>
        <div className={styles.panelHead}>
          <h3 className={styles.panelTitle}>{t('What you want from Auto')}</h3>
          <TextLink href={routeHref('settings', 'router')}>{t('All router settings')}</TextLink>
        </div>
        <div className={styles.columns}>
          <WishSliders />
          <Effect />
        </div>
      </section>
      <section className={styles.panelSection}>
        <Limits />
      </section>
    </div>
  );
}

function Effect() {
  const { t } = useTranslation();
  const app = useApp();
  const preview = useSlice(app.composer, (state) => state.preview);
  const chosenModelId = useSlice(app.composer, (state) => state.chosenModelId);
  if (preview.kind !== 'decided') return <p className={styles.faint}>{t('Write a prompt to see what your wishes change for it.')}</p>;
  return <Frontier decision={preview.decision} chosenId={chosenModelId} onChoose={(modelId) => app.composer.choose(modelId)} />;
}

function Limits() {
  const { t } = useTranslation();
  const app = useApp();
  const { rules, excludedModelIds, scope } = useCurrentLimits();
  const setScope = (next: 'chat' | 'everywhere') => void app.limits.setForChat(next === 'chat' ? { rules, excludedModelIds } : null);
  return (
    <>
      <div className={styles.panelHead}>
        <h3 className={styles.panelTitle}>{t('What Auto may use')}</h3>
        <Segmented
          label={t('Where these limits hold')}
          value={scope}
          choices={[
            { value: 'everywhere', label: t('Every chat') },
            { value: 'chat', label: t('This chat only') },
          ]}
          onValueChange={setScope}
        />
      </div>
      <RulesEditor rules={rules} onChange={(change) => void app.limits.changeRules(change)} />
      {scope === 'chat' && <ModelsOfChat rules={rules} excludedModelIds={excludedModelIds} />}
    </>
  );
}

function ModelsOfChat({ rules, excludedModelIds }: { readonly rules: PoolRules; readonly excludedModelIds: readonly string[] }) {
  const { t } = useTranslation();
  const app = useApp();
  useSlice(app.pool, (state) => state.models);
  const set = (id: string, on: boolean) => {
    const others = excludedModelIds.filter((other) => other !== id);
    void app.limits.setForChat({ rules, excludedModelIds: on ? others : [...others, id] });
  };
  return (
    <details className={styles.details}>
      <summary>{t('Models in this chat')}</summary>
      {app.pool.available().map(({ id, card }) => (
        <Switch key={id} label={card.name} checked={!excludedModelIds.includes(id)} onCheckedChange={(on) => set(id, on)} />
      ))}
    </details>
  );
}
