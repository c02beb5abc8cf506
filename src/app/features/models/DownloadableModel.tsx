import { Download, ExternalLink, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { totalBytes, type ModelPlan } from '../../../protocol/local-llm';
import type { DownloadableModel } from '../../store/browser-models';
import { useApp, useSlice } from '../../store/context';
import type { ModelOffer } from '../../local-llm/offers';
import { Badge, Button, ConfirmDialog, ProgressBar } from '../../ui';
import { bytesText } from '../../words/local-llm-words';
import { FailureNotice } from './Advice';
import styles from './models.module.css';

const UNKNOWN: DownloadableModel = { phase: { kind: 'absent' }, failure: null };

/** One model that can be downloaded: its size first, then the download, which can be broken off and gone on with. */
export function DownloadableModelRow({ offer }: { readonly offer: ModelOffer }) {
  const app = useApp();
  const { phase, failure } = useSlice(app.browserModels, (state) => state.models[offer.id]) ?? UNKNOWN;
  return (
    <li className={styles.browserModel} aria-label={offer.card.name}>
      <div className={styles.browserModelHead}>
        <div className={styles.connectionText}>
          <h3 className={styles.connectionName}>
            {offer.card.name} {phase.kind === 'installed' && <Badge tone="accent">ready, also offline</Badge>}
          </h3>
          <p className={styles.faint}>{offer.card.description}</p>
          <p className={styles.faint}>
            {sizeText(offer, phase)} ·{' '}
            <a href={offer.licence.url} target="_blank" rel="noopener noreferrer">
              {offer.licence.name} <ExternalLink size={12} aria-hidden />
            </a>
          </p>
        </div>
        <Actions offer={offer} model={{ phase, failure }} />
      </div>
      {phase.kind === 'downloading' && <Progress plan={phase.plan} bytes={phase.bytes} />}
      {phase.kind === 'offered' && <Offered plan={phase.plan} />}
      {failure && <FailureNotice failure={failure} />}
    </li>
  );
}

function sizeText(offer: ModelOffer, phase: DownloadableModel['phase']): string {
  const billions = offer.card.paramsB ?? 0;
  const size = billions < 1 ? `${Math.round(billions * 1000)} million parameters` : `${billions} billion parameters`;
  return 'plan' in phase ? `${size} · ${bytesText(totalBytes(phase.plan))}` : size;
}

function Actions({ offer, model: { phase } }: { readonly offer: ModelOffer; readonly model: DownloadableModel }) {
  const { browserModels } = useApp();
  const { id } = offer;
  switch (phase.kind) {
    case 'absent':
      return (
        <Button icon={<Download size={16} aria-hidden />} aria-label={`Download ${offer.card.name}, size first`} onClick={() => void browserModels.lookUp(id)}>
          Download…
        </Button>
      );
    case 'asking':
      return <Button onClick={() => browserModels.cancel(id)}>Cancel</Button>;
    case 'offered':
      return (
        <>
          <Button onClick={() => browserModels.decline(id)}>Not now</Button>
          <Button variant="primary" onClick={() => void browserModels.download(id)}>
            Download {bytesText(totalBytes(phase.plan))}
          </Button>
        </>
      );
    case 'downloading':
      return <Button onClick={() => browserModels.cancel(id)}>Cancel</Button>;
    case 'partial':
      return (
        <>
          <Remove offer={offer} what={`${bytesText(phase.bytes)} of it`} />
          <Button variant="primary" onClick={() => void browserModels.download(id)}>
            Go on: {bytesText(totalBytes(phase.plan) - phase.bytes)} left
          </Button>
        </>
      );
    case 'installed':
      return <Remove offer={offer} what={bytesText(totalBytes(phase.plan))} />;
  }
}

/** What will happen, before it does. */
function Offered({ plan }: { readonly plan: ModelPlan }) {
  return (
    <p className={styles.faint}>
      {totalBytes(plan).toLocaleString('en')} bytes in {plan.files.length} files from {plan.repository} on the Hugging Face hub, which sees your address and what you download, as with
      any download. It will run on {plan.device === 'webgpu' ? 'the GPU' : 'the processor'}.
    </p>
  );
}

function Progress({ plan, bytes }: { readonly plan: ModelPlan; readonly bytes: number }) {
  const total = totalBytes(plan);
  return (
    <div className={styles.progress}>
      <ProgressBar label="Download" value={bytes / total} />
      <p className={styles.faint}>
        {bytesText(bytes)} of {bytesText(total)}. It goes on while you use the app; close this tab, and you can go on later.
      </p>
    </div>
  );
}

function Remove({ offer, what }: { readonly offer: ModelOffer; readonly what: string }) {
  const { browserModels } = useApp();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button icon={<Trash2 size={16} aria-hidden />} onClick={() => setOpen(true)}>
        Delete
      </Button>
      <ConfirmDialog
        open={isOpen}
        onOpenChange={setOpen}
        title={`Delete ${offer.card.name}?`}
        description={`${what} is deleted from this browser. Your chats and picks stay, and you can download it again.`}
        confirmLabel="Delete"
        danger
        onConfirm={() => void browserModels.remove(offer.id)}
      />
    </>
  );
}
