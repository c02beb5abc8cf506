import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChatSetup } from '../../../core/conversation';
import { useApp, useSlice } from '../../store/context';
import { Button, Dialog, SelectField, TextArea, TextField, toast } from '../../ui';
import { changeSetup } from '../../use-cases/chat-setup';
import styles from './setup.module.css';
import { useSetup } from './use-setup';

const NONE = '';

/** The chat's own instructions and model, from a preset or written here; presets are made and deleted here, too. */
export default function SetupDialog({ onClose }: { readonly onClose: () => void }) {
  const app = useApp();
  const { t } = useTranslation();
  const before = useSetup();
  const [setup, setSetup] = useState<ChatSetup>({ systemPrompt: before.systemPrompt, presetId: before.presetId, pinnedModelId: before.pinnedModelId });
  const presets = useSlice(app.presets, (state) => state.list);
  const change = (part: Partial<ChatSetup>) => setSetup((current) => ({ ...current, ...part }));
  const choosePreset = (id: string) => {
    const preset = presets.find((candidate) => candidate.id === id);
    change(preset ? { presetId: id, systemPrompt: preset.systemPrompt, pinnedModelId: preset.pinnedModelId } : { presetId: null, systemPrompt: '', pinnedModelId: null });
  };
  const apply = async () => {
    const preset = presets.find(({ id }) => id === setup.presetId);
    const isPreset = preset?.systemPrompt === setup.systemPrompt && preset.pinnedModelId === setup.pinnedModelId;
    await changeSetup(app, { ...setup, presetId: isPreset ? setup.presetId : null });
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('Set up this chat')}
      description={t('Instructions go to the model before every prompt of this chat. They leave this device with it.')}
      size="lg"
      footer={
        <>
          <Button onClick={onClose}>{t('Cancel')}</Button>
          <Button variant="primary" onClick={() => void apply()}>
            {t('Use for this chat')}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        {presets.length > 0 && (
          <SelectField
            label={t('Preset')}
            value={setup.presetId ?? NONE}
            choices={[{ value: NONE, label: t('None') }, ...presets.map(({ id, name }) => ({ value: id, label: name }))]}
            onValueChange={choosePreset}
          />
        )}
        <TextArea
          label={t('Instructions')}
          hint={t('For example: “Answer in German. I am a nurse; use the words of my trade.”')}
          rows={6}
          value={setup.systemPrompt}
          onChange={(event) => change({ systemPrompt: event.target.value })}
        />
        <ModelField setup={setup} onChange={(pinnedModelId) => change({ pinnedModelId })} />
        <PresetRow setup={setup} onSaved={(presetId) => change({ presetId })} />
      </div>
    </Dialog>
  );
}

function ModelField({ setup, onChange }: { readonly setup: ChatSetup; readonly onChange: (modelId: string | null) => void }) {
  const app = useApp();
  const { t } = useTranslation();
  const models = useSlice(app.pool, (state) => state.models);
  const connected = models.filter((model) => app.pool.connected(model.id) !== null);
  const isGone = setup.pinnedModelId !== null && !connected.some(({ id }) => id === setup.pinnedModelId);
  return (
    <SelectField
      label={t('Model')}
      hint={t('A chat pinned to a model asks no other, and its answers teach the router nothing about choosing.')}
      value={setup.pinnedModelId ?? NONE}
      choices={[
        { value: NONE, label: t('Auto: the best for each prompt') },
        ...connected.map(({ id, card }) => ({ value: id, label: card.name })),
        ...(isGone && setup.pinnedModelId !== null ? [{ value: setup.pinnedModelId, label: t('{{model}} (not connected)', { model: app.pool.nameOf(setup.pinnedModelId) }) }] : []),
      ]}
      onValueChange={(value) => onChange(value === NONE ? null : value)}
    />
  );
}

/** Keeps what is written under a name, or takes the chosen preset away. */
function PresetRow({ setup, onSaved }: { readonly setup: ChatSetup; readonly onSaved: (presetId: string | null) => void }) {
  const app = useApp();
  const { t } = useTranslation();
  const presets = useSlice(app.presets, (state) => state.list);
  const chosen = presets.find(({ id }) => id === setup.presetId);
  const [name, setName] = useState(chosen?.name ?? '');
  const tidy = name.trim();
  const save = async () => {
    const known = presets.find((preset) => preset.name === tidy);
    const id = known?.id ?? app.platform.clock.newId();
    await app.presets.save({ id, name: tidy, systemPrompt: setup.systemPrompt, pinnedModelId: setup.pinnedModelId, updatedAt: app.platform.clock.now() });
    onSaved(id);
    toast(t('Preset “{{name}}” is saved', { name: tidy }));
  };
  const remove = async (presetId: string) => {
    const undo = await app.presets.remove(presetId);
    onSaved(null);
    toast(t('Preset deleted. Chats made from it keep their instructions.'), { label: t('Undo'), onClick: () => void undo() });
  };
  return (
    <div className={styles.saveRow}>
      <TextField label={t('Keep this as a preset named')} value={name} onChange={(event) => setName(event.target.value)} />
      <Button onClick={() => void save()} disabled={tidy === ''}>
        {t('Save preset')}
      </Button>
      {chosen && (
        <Button variant="quiet" onClick={() => void remove(chosen.id)}>
          {t('Delete preset')}
        </Button>
      )}
    </div>
  );
}
