import { useState, type FormEvent } from 'react';
import type { ModelCard } from '../../../core/routing';
import type { StoredModel } from '../../../storage/rows';
import { useApp } from '../../store/context';
import { Button, Dialog, SelectField, Switch, TextArea, TextField, toast } from '../../ui';
import { traitWords } from '../../words/axis-words';
import { listText } from '../../words/taste-profile';
import { cardFromDraft, draftOfCard, type CardDraft, type CardProblems } from './card-draft';
import { contextText, learnedText, priceText, tierText, type Judged } from './model-rows';
import styles from './models.module.css';

const TIERS = ['', '1', '2', '3', '4', '5'].map((value) => ({ value, label: value === '' ? 'Not known' : `${value} · ${tierText(Number(value))}` }));

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
  const remove = async () => {
    await app.pool.removeModel(model.id);
    onClose();
    toast(`Removed ${model.card.name}`, { label: 'Undo', onClick: () => void app.pool.saveModels([model]) });
  };
  return (
    <footer className={styles.formFooter}>
      <Button variant="quiet" onClick={() => void remove()}>
        Remove
      </Button>
      <Button onClick={onEdit}>Edit</Button>
    </footer>
  );
}

function Learned({ model, judged }: Pick<ModelDialogProps, 'model' | 'judged'>) {
  const learned = learnedText(model, judged);
  const traits = model.fingerprint ? traitWords(model.fingerprint.axes, 4) : [];
  return (
    <p className={styles.dialogLearned}>
      {learned ? `Learned from your use: ${learned}.` : 'Nothing learned from your use yet.'}
      {traits.length > 0 && ` Its answers are ${listText(traits)}.`}
    </p>
  );
}

function Facts({ card }: { readonly card: ModelCard }) {
  const rows: readonly (readonly [string, string])[] = [
    ['What it is', card.description],
    ['Price per million tokens', priceText(card)],
    ['Context window', contextText(card.contextTokens)],
    ['Strength', tierText(card.tier)],
    ['Reads', listText(card.modalities)],
    ...(card.paramsB === null ? [] : [['Size', `${card.paramsB} billion parameters`] as const]),
    ...(card.released === null ? [] : [['Released', card.released] as const]),
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
    <form className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
      <TextField label="Name" value={draft.name} error={problems.name} onChange={(event) => change({ name: event.target.value })} />
      <TextArea
        label="What it is, in one sentence"
        hint="The router reads this."
        value={draft.description}
        error={problems.description}
        onChange={(event) => change({ description: event.target.value })}
      />
      {!model.card.local && (
        <div className={styles.pair}>
          <TextField label="Price in, $ per million" inputMode="decimal" value={draft.priceIn} error={problems.priceIn} onChange={(event) => change({ priceIn: event.target.value })} />
          <TextField label="Price out, $ per million" inputMode="decimal" value={draft.priceOut} error={problems.priceOut} onChange={(event) => change({ priceOut: event.target.value })} />
        </div>
      )}
      <div className={styles.pair}>
        <TextField label="Context, tokens" inputMode="numeric" value={draft.contextTokens} error={problems.contextTokens} onChange={(event) => change({ contextTokens: event.target.value })} />
        <SelectField label="Strength" value={draft.tier} choices={TIERS} onValueChange={(tier) => change({ tier })} />
      </div>
      <Switch label="Thinks before it answers" checked={draft.reasoning} onCheckedChange={(reasoning) => change({ reasoning })} />
      <footer className={styles.formFooter}>
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" variant="primary">
          Save
        </Button>
      </footer>
    </form>
  );
}
