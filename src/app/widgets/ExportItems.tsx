import { Braces, FileText } from 'lucide-react';
import { useTranslation } from '../i18n';
import { useApp } from '../store/context';
import { MenuItem } from '../ui';
import { exportChat } from './export-chat';

/** In a menu: one chat as a file. */
export function ExportItems({ conversationId }: { readonly conversationId: string }) {
  const app = useApp();
  const { t } = useTranslation();
  return (
    <>
      <MenuItem icon={<FileText size={16} />} onSelect={() => void exportChat(app, conversationId, 'markdown')}>
        {t('Export as Markdown')}
      </MenuItem>
      <MenuItem icon={<Braces size={16} />} onSelect={() => void exportChat(app, conversationId, 'json')}>
        {t('Export as JSON')}
      </MenuItem>
    </>
  );
}
