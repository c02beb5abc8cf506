import { EllipsisVertical } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { IconButton, Menu } from '../../ui';
import { ExportItems } from '../../widgets/ExportItems';

/** What can be done with the chat on screen as a whole. */
export default function ChatMenu({ conversationId }: { readonly conversationId: string }) {
  const { t } = useTranslation();
  return (
    <Menu trigger={<IconButton label={t('Options for this chat')} icon={<EllipsisVertical size={16} />} />}>
      <ExportItems conversationId={conversationId} />
    </Menu>
  );
}
