import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui';
import styles from './advice.module.css';

const SHOWN_MS = 2_000;

/** Something to be typed elsewhere: one press copies it. */
export function Command({ text }: { readonly text: string }) {
  const { t } = useTranslation();
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);
  return (
    <span className={styles.command}>
      <code className={styles.code}>{text}</code>
      <IconButton
        className={styles.copy}
        label={isCopied ? t('Copied') : t('Copy')}
        icon={isCopied ? <Check size={14} /> : <Copy size={14} />}
        onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}
      />
    </span>
  );
}
