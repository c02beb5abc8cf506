import { FileText, ImageOff, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Attachment } from '../../../core/conversation';
import { useApp } from '../../store/context';
import { sizeText } from '../../words/amounts';
import styles from './attachments.module.css';

interface AttachmentListProps {
  readonly attachments: readonly Attachment[];
  /** Offered while they have not been sent. */
  readonly onRemove?: (attachmentId: string) => void;
}

export function AttachmentList({ attachments, onRemove }: AttachmentListProps) {
  const { t } = useTranslation();
  if (attachments.length === 0) return null;
  return (
    <ul className={styles.list} aria-label={t('Attached files')}>
      {attachments.map((attachment) => (
        <li key={attachment.id} className={styles.item}>
          {attachment.kind === 'image' ? <Thumbnail attachment={attachment} /> : <FileText size={18} className={styles.icon} aria-hidden />}
          <span className={styles.text}>
            <span className={styles.name} title={attachment.name}>
              {attachment.name}
            </span>
            <span className={styles.size}>{sizeText(attachment.size)}</span>
          </span>
          {onRemove && (
            <button type="button" className={styles.remove} aria-label={t('Remove {{name}}', { name: attachment.name })} onClick={() => onRemove(attachment.id)}>
              <X size={16} aria-hidden />
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

function Thumbnail({ attachment }: { readonly attachment: Attachment }) {
  const app = useApp();
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    let isGone = false;
    let made: string | null = null;
    const show = async () => {
      // The draft may still be on its way to the disk.
      await app.composer.settled();
      const file = (await app.composer.files([attachment.id])).get(attachment.id);
      if (isGone || !file) return;
      made = URL.createObjectURL(new Blob([file.bytes], { type: file.mediaType }));
      setAddress(made);
    };
    show().catch(() => undefined);
    return () => {
      isGone = true;
      if (made !== null) URL.revokeObjectURL(made);
    };
  }, [app, attachment.id]);
  if (address === null) return <ImageOff size={18} className={styles.icon} aria-hidden />;
  return <img className={styles.thumbnail} src={address} alt="" />;
}
