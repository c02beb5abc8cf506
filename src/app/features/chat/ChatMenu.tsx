import { Braces, EllipsisVertical, FileText } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useApp } from '../../store/context';
import { IconButton, Menu, MenuItem } from '../../ui';
import { exportChat } from '../../widgets/export-chat';

/** What can be done with the chat on screen as a whole. */
export default function ChatMenu({ conversationId }: { readonly conversationId: string }) {
  const app = useApp();
  const { t } = useTranslation();
  return (
    <Menu trigger={<IconButton label={t('Options for this chat')} icon={<EllipsisVertical size={16} />} />}>
      <MenuItem icon={<FileText size={16} />} onSelect={() => void exportChat(app, conversationId, 'markdown')}>
        {t('Export as Markdown')}
      </MenuItem>
      <MenuItem icon={<Braces size={16} />} onSelect={() => void exportChat(app, conversationId, 'json')}>
        {t('Export as JSON')}
      </MenuItem>
    </Menu>
  );
}
