import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { StoredModel } from '../../../storage/rows';
import { Badge, Switch } from '../../ui';
import { contextText, learnedText, priceText, tierText, type Judged } from './model-rows';
import styles from './model-list.module.css';
import shared from './shared.module.css';

interface ModelRowProps {
  readonly model: StoredModel;
  /** Null when there is only one connection. */
  readonly connectionName: string | null;
  readonly judged: Judged;
  readonly onToggle: (enabled: boolean) => void;
  readonly onOpen: () => void;
}

export const ModelRow = memo(ModelRowView, (before, after) => before.model === after.model && before.judged === after.judged && before.connectionName === after.connectionName);

function ModelRowView({ model, connectionName, judged, onToggle, onOpen }: ModelRowProps) {
  const { t } = useTranslation();
  const { card, enabled, remoteId } = model;
  const learned = learnedText(model, judged, t);
  const facts = [priceText(card, t), contextText(card.contextTokens, t), t(tierText(card.tier))];
  return (
    <li className={styles.model}>
      <button type="button" className={styles.modelMain} onClick={onOpen} title={remoteId}>
        <span className={styles.modelName}>
          {card.name}
          {card.reasoning && <Badge>{t('reasons')}</Badge>}
        </span>
        <span className={shared.faint}>{[...(connectionName ? [connectionName] : []), ...facts].join(' · ')}</span>
        {learned && <span className={styles.modelLearned}>{learned}</span>}
      </button>
      <Switch label={t('{{name}} for Auto', { name: card.name })} hideLabel checked={enabled} onCheckedChange={onToggle} />
    </li>
  );
}
