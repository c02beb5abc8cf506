import type { TFunction } from 'i18next';
import { Download, ExternalLink, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { totalBytes, type ModelPlan } from '../../../protocol/local-llm';
import type { DownloadableModel } from '../../store/browser-models';
import { useApp, useSlice } from '../../store/context';
import type { ModelOffer } from '../../local-llm/offers';
import { Badge, Button, ConfirmDialog, ProgressBar } from '../../ui';
import { bytesText } from '../../words/local-llm-words';
import { FailureNotice } from './Advice';
import styles from './browser-model.module.css';
import shared from './shared.module.css';

const UNKNOWN: DownloadableModel = { phase: { kind: 'absent' }, failure: null };

/** One model that can be downloaded: its size first, then the download, which can be broken off and gone on with. */
export function DownloadableModelRow({ offer }: { readonly offer: ModelOffer }) {
  const app = useApp();
  const { t } = useTranslation();
  const { phase, failure } = useSlice(app.browserModels, (state) => state.models[offer.id]) ?? UNKNOWN;
  return (
    <li className={styles.browserModel} aria-label={offer.card.name}>
      <div className={styles.browserModelHead}>
        <div className={shared.itemText}>
          <h3 className={shared.itemName}>
            {offer.card.name} {phase.kind === 'installed' && <Badge tone="accent">{t('ready, also offline')}</Badge>}
          </h3>
          <p className={shared.faint}>{t(offer.card.description)}</p>
          <p className={shared.faint}>
            {sizeText(offer, phase, t)} ·{' '}
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

function sizeText(offer: ModelOffer, phase: DownloadableModel['phase'], t: TFunction): string {
  const billions = offer.card.paramsB ?? 0;
  const size = billions < 1 ? t('{{number}} million parameters', { number: Math.round(billions * 1000) }) : t('{{number}} billion parameters', { number: billions });
  return 'plan' in phase ? `${size} · ${bytesText(totalBytes(phase.plan))}` : size;
}

function Actions({ offer, model: { phase } }: { readonly offer: ModelOffer; readonly model: DownloadableModel }) {
  const { browserModels } = useApp();
  const { t } = useTranslation();
  const { id } = offer;
  switch (phase.kind) {
    case 'absent':
      return (
        <Button icon={<Download size={16} aria-hidden />} aria-label={t('Download {{name}}, size first', { name: offer.card.name })} onClick={() => void browserModels.lookUp(id)}>
          {t('Download…')}
        </Button>
      );
    case 'asking':
      return <Button onClick={() => browserModels.cancel(id)}>{t('Cancel')}</Button>;
    case 'offered':
      return (
        <>
          <Button onClick={() => browserModels.decline(id)}>{t('Not now')}</Button>
          <Button variant="primary" onClick={() => void browserModels.download(id)}>
            {t('Download {{size}}', { size: bytesText(totalBytes(phase.plan)) })}
          </Button>
        </>
      );
    case 'downloading':
      return <Button onClick={() => browserModels.cancel(id)}>{t('Cancel')}</Button>;
    case 'partial':
      return (
        <>
          <Remove offer={offer} what={t('{{size}} of it', { size: bytesText(phase.bytes) })} />
          <Button variant="primary" onClick={() => void browserModels.download(id)}>
            {t('Go on: {{size}} left', { size: bytesText(totalBytes(phase.plan) - phase.bytes) })}
          </Button>
        </>
      );
    case 'installed':
      return <Remove offer={offer} what={bytesText(totalBytes(phase.plan))} />;
  }
}

/** What will happen, before it does. */
function Offered({ plan }: { readonly plan: ModelPlan }) {
  const { t } = useTranslation();
  const facts = { bytes: totalBytes(plan).toLocaleString('en'), files: plan.files.length, repository: plan.repository };
  return (
    <p className={shared.faint}>
      {t('{{bytes}} bytes in {{files}} files from {{repository}} on the Hugging Face hub, which sees your address and what you download, as with any download.', facts)}{t(' ')}
      {plan.device === 'webgpu' ? t('It will run on the GPU.') : t('It will run on the processor.')}
    </p>
  );
}

function Progress({ plan, bytes }: { readonly plan: ModelPlan; readonly bytes: number }) {
  const { t } = useTranslation();
  const total = totalBytes(plan);
  return (
    <div className={styles.progress}>
      <ProgressBar label={t('Download')} value={bytes / total} />
      <p className={shared.faint}>
        {t('{{done}} of {{total}}. It goes on while you use the app; close this tab, and you can go on later.', { done: bytesText(bytes), total: bytesText(total) })}
      </p>
    </div>
  );
}

function Remove({ offer, what }: { readonly offer: ModelOffer; readonly what: string }) {
  const { browserModels } = useApp();
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button icon={<Trash2 size={16} aria-hidden />} onClick={() => setOpen(true)}>
        {t('Delete')}
      </Button>
      <ConfirmDialog
        open={isOpen}
        onOpenChange={setOpen}
        title={t('Delete {{name}}?', { name: offer.card.name })}
        description={t('{{what}} is deleted from this browser. Your chats and picks stay, and you can download it again.', { what })}
        confirmLabel={t('Delete')}
        danger
        onConfirm={() => void browserModels.remove(offer.id)}
      />
    </>
  );
}
