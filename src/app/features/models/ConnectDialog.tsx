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
  const title = draft === null ? 'Connect models' : draft.connectionId === null ? `Connect ${draft.preset.id === 'custom' ? 'another server' : draft.preset.name}` : `Change ${draft.name}`;
  return (
    <Dialog open={draft !== null || isChoosing} onOpenChange={(open) => !open && onClose()} title={title} size={draft ? 'md' : 'lg'}>
      {draft ? <ConnectForm key={draft.connectionId ?? draft.preset.id} initial={draft} onDone={onClose} /> : <PresetGrid onChoose={onChoose} onConnected={onClose} />}
    </Dialog>
  );
}
