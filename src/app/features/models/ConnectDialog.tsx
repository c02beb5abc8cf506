import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui';
import type { ProviderPreset } from '../../../providers/presets';
import type { ConnectDraft } from './connect';
import { ConnectForm } from './ConnectForm';
import { PresetGrid } from './PresetGrid';

interface ConnectDialogProps {
  /** What the form starts with; null while a provider is being chosen, or when closed. */
  readonly draft: ConnectDraft | null;
  readonly isChoosing: boolean;
  readonly onChoose: (preset: ProviderPreset) => void;
  readonly onClose: () => void;
}

export function ConnectDialog({ draft, isChoosing, onChoose, onClose }: ConnectDialogProps) {
  const { t } = useTranslation();
  const title = titleOf(draft, t);
  return (
    <Dialog open={draft !== null || isChoosing} onOpenChange={(open) => !open && onClose()} title={title} size={draft ? 'md' : 'lg'}>
      {draft ? <ConnectForm key={draft.connectionId ?? draft.preset.id} initial={draft} onDone={onClose} /> : <PresetGrid onChoose={onChoose} onConnected={onClose} />}
    </Dialog>
  );
}

function titleOf(draft: ConnectDraft | null, t: TFunction): string {
  if (draft === null) return t('Connect models');
  if (draft.connectionId !== null) return t('Change {{name}}', { name: draft.name });
  return draft.preset.id === 'custom' ? t('Connect another server') : t('Connect {{name}}', { name: draft.preset.name });
}
