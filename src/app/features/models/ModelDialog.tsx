import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelCard } from '../../../core/routing';
import type { StoredModel } from '../../../storage/rows';
import { useApp } from '../../store/context';
import { Button, Dialog, SelectField, Switch, TextArea, TextField, toast } from '../../ui';
import { traitWords } from '../../words/axis-words';
import { listText } from '../../words/taste-profile';
import { cardFromDraft, draftOfCard, type CardDraft, type CardProblems } from './card-draft';
import { contextText, learnedText, priceText, tierText, type Judged } from './model-rows';
import styles from './model-dialog.module.css';
import shared from './shared.module.css';

const TIERS = ['', '1', '2', '3', '4', '5'];

interface ModelDialogProps {
  readonly model: StoredModel;
  readonly judged: Judged;
  readonly onClose: () => void;
}

/** What the router knows of a model, and what it has learned; editable. */
export function ModelDialog({ model, judged, onClose }: ModelDialogProps) {
  const [isEditing, setEditing] = useState(model.card.tier === null);
  const { card } = model;
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={card.name} description={model.remoteId}>
      <Learned model={model} judged={judged} />
      {isEditing ? <CardForm model={model} onDone={onClose} /> : <Facts card={card} />}
      {!isEditing && <Actions model={model} onEdit={() => setEditing(true)} onClose={onClose} />}
    </Dialog>
  );
}

function Actions({ model, onEdit, onClose }: { readonly model: StoredModel; readonly onEdit: () => void; readonly onClose: () => void }) {
  const app = useApp();
  const { t } = useTranslation();
  const remove = async () => {
    await app.pool.removeModel(model.id);
    onClose();
    toast(t('Removed {{name}}', { name: model.card.name }), { label: t('Undo'), onClick: () => void app.pool.saveModels([model]) });
  };
  return (
    <footer className={shared.formFooter}>
      <Button variant="quiet" onClick={() => void remove()}>
        {t('Remove')}
      </Button>
      <Button onClick={onEdit}>{t('Edit')}</Button>
    </footer>
  );
}

function Learned({ model, judged }: Pick<ModelDialogProps, 'model' | 'judged'>) {
  const { t } = useTranslation();
  const learned = learnedText(model, judged, t);
  const traits = model.fingerprint ? traitWords(model.fingerprint.axes, 4) : [];
  return (
    <p className={styles.dialogLearned}>
      {learned ? t('Learned from your use: {{facts}}.', { facts: learned }) : t('Nothing learned from your use yet.')}
      {traits.length > 0 && ` ${t('Its answers are {{traits}}.', { traits: listText(traits) })}`}
    </p>
  );
}

function Facts({ card }: { readonly card: ModelCard }) {
  const { t } = useTranslation();
  const rows: readonly (readonly [string, string])[] = [
    [t('What it is'), card.description],
    [t('Price per million tokens'), priceText(card, t)],
    [t('Context window'), contextText(card.contextTokens, t)],
    [t('Strength'), t(tierText(card.tier))],
    [t('Reads'), listText(card.modalities)],
    ...(card.paramsB === null ? [] : [[t('Size'), t('{{number}} billion parameters', { number: card.paramsB })] as const]),
    ...(card.released === null ? [] : [[t('Released'), card.released] as const]),
  ];
  return (
    <dl className={styles.facts}>
      {rows.map(([term, value]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function CardForm({ model, onDone }: { readonly model: StoredModel; readonly onDone: () => void }) {
  const app = useApp();
  const { t } = useTranslation();
  const said = (problem: string | undefined) => (problem === undefined ? undefined : t(problem));
  const tiers = TIERS.map((value) => ({ value, label: value === '' ? t('Not known') : `${value} · ${t(tierText(Number(value)))}` }));
  const [draft, setDraft] = useState(() => draftOfCard(model.card));
  const [problems, setProblems] = useState<CardProblems>({});
  const change = (part: Partial<CardDraft>) => setDraft({ ...draft, ...part });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const card = cardFromDraft(model.card, draft);
    if (!card.ok) return setProblems(card.error);
    await app.pool.updateModel(model.id, (current) => ({ ...current, card: card.value }));
    onDone();
  };
  return (
    <form className={shared.form} onSubmit={(event) => void submit(event)} noValidate>
      <TextField label={t('Name')} value={draft.name} error={said(problems.name)} onChange={(event) => change({ name: event.target.value })} />
      <TextArea
        label={t('What it is, in one sentence')}
        hint={t('The router reads this.')}
        value={draft.description}
        error={said(problems.description)}
        onChange={(event) => change({ description: event.target.value })}
      />
      {!model.card.local && (
        <div className={styles.pair}>
          <TextField label={t('Price in, $ per million')} inputMode="decimal" value={draft.priceIn} error={said(problems.priceIn)} onChange={(event) => change({ priceIn: event.target.value })} />
          <TextField label={t('Price out, $ per million')} inputMode="decimal" value={draft.priceOut} error={said(problems.priceOut)} onChange={(event) => change({ priceOut: event.target.value })} />
        </div>
      )}
      <div className={styles.pair}>
        <TextField label={t('Context, tokens')} inputMode="numeric" value={draft.contextTokens} error={said(problems.contextTokens)} onChange={(event) => change({ contextTokens: event.target.value })} />
        <SelectField label={t('Strength')} value={draft.tier} choices={tiers} onValueChange={(tier) => change({ tier })} />
      </div>
      <Switch label={t('Thinks before it answers')} checked={draft.reasoning} onCheckedChange={(reasoning) => change({ reasoning })} />
      <footer className={shared.formFooter}>
        <Button onClick={onDone}>{t('Cancel')}</Button>
        <Button type="submit" variant="primary">
          {t('Save')}
        </Button>
      </footer>
    </form>
  );
}
