import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton, toast } from '../../ui';

const SHOWN_MS = 1600;

export function CopyButton({ text, label }: { readonly text: string; readonly label?: string }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      setTimeout(() => setCopied(false), SHOWN_MS);
    } catch {
      toast(t('The browser did not allow copying. Select the text and copy it yourself.'));
    }
  };
  return <IconButton label={copied ? t('Copied') : (label ?? t('Copy'))} icon={copied ? <Check size={16} /> : <Copy size={16} />} onClick={() => void copy()} />;
}
