import { Plug, RotateCcw } from 'lucide-react';
import { useMemo, type ReactElement } from 'react';
import type { RoutingDecision } from '../../../core/routing';
import type { StoredModel } from '../../../storage/rows';
import { useTranslation } from '../../i18n';
import { useApp, useSlice } from '../../store/context';
import { Logo, Menu, MenuHeading, MenuItem, MenuSeparator } from '../../ui';
import { costText } from '../../words/amounts';

export interface ModelMenuProps {
  readonly trigger: ReactElement;
  /** Orders the models and tells what they would cost; null before the router has spoken. */
  readonly decision: RoutingDecision | null;
  readonly onChoose: (modelId: string) => void;
  /** Offers Auto first; the value says whether it is on. */
  readonly auto?: { readonly isOn: boolean; readonly onChoose: () => void };
  readonly chosenId?: string | null;
  /** Offers to ask this model once more. */
  readonly again?: string;
  readonly align?: 'start' | 'end';
}

/** Every connected model, in the router's order for this prompt. */
export function ModelMenu({ trigger, decision, onChoose, auto, chosenId = null, again, align = 'start' }: ModelMenuProps) {
  const { t } = useTranslation();
  const app = useApp();
  const models = useConnectedModels(decision);
  const costOf = (modelId: string) => {
    const candidate = decision?.ranking.find((ranked) => ranked.modelId === modelId);
    return candidate ? costText(candidate.expectedCostUsd) : null;
  };
  return (
    <Menu trigger={trigger} align={align} wide>
      {auto && (
        <>
          <MenuItem icon={<Logo size={16} />} checked={auto.isOn} onSelect={auto.onChoose} note={t('best for you')}>
            {t('Auto')}
          </MenuItem>
          <MenuSeparator />
        </>
      )}
      {again !== undefined && (
        <>
          <MenuItem icon={<RotateCcw size={16} />} onSelect={() => onChoose(again)}>
            {t('Again with {{model}}', { model: app.pool.nameOf(again) })}
          </MenuItem>
          <MenuSeparator />
        </>
      )}
      {models.length > 0 && <MenuHeading>{again === undefined ? t('Choose it yourself') : t('With another model')}</MenuHeading>}
      {models
        .filter((model) => model.id !== again)
        .map((model) => (
          <MenuItem key={model.id} checked={model.id === chosenId} note={costOf(model.id)} onSelect={() => onChoose(model.id)}>
            {model.card.name}
          </MenuItem>
        ))}
      <MenuItem icon={<Plug size={16} />} onSelect={() => app.route.go('models')}>
        {models.length > 0 ? t('Connect another model') : t('Connect a model')}
      </MenuItem>
    </Menu>
  );
}

function useConnectedModels(decision: RoutingDecision | null): readonly StoredModel[] {
  const app = useApp();
  const models = useSlice(app.pool, (state) => state.models);
  const connections = useSlice(app.pool, (state) => state.connections);
  return useMemo(() => {
    const served = new Set(connections.map((connection) => connection.id));
    const order = new Map(decision?.ranking.map((candidate, index) => [candidate.modelId, index]));
    const rank = (model: StoredModel) => order.get(model.id) ?? Number.MAX_SAFE_INTEGER;
    return models.filter((model) => model.connectionId !== null && served.has(model.connectionId)).toSorted((left, right) => rank(left) - rank(right));
  }, [models, connections, decision]);
}
