import { useTranslation } from '../../i18n';
import { SHORTCUTS } from '../../keys';
import { Dialog } from '../../ui';
import { ShortcutList } from '../../widgets/ShortcutList';

/** The keyboard at a glance. */
export default function ShortcutSheet({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t('Keyboard')}>
      <ShortcutList shortcuts={SHORTCUTS} />
    </Dialog>
  );
}
