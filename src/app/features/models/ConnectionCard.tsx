import { EllipsisVertical, Laptop, Pencil, Plus, RefreshCw, Trash2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../core/connection';
import type { ResponseFailure } from '../../../core/conversation';
import { isLocalUrl } from '../../../providers/address';
import type { StoredModel } from '../../../storage/rows';
import { listedText } from '../../i18n';
import { useApp, useSlice } from '../../store/context';
import { Badge, Button, Card, ConfirmDialog, IconButton, Menu, MenuItem, MenuSeparator, Notice, toast } from '../../ui';
import { AddModelDialog } from './AddModelDialog';
import { FailureNotice } from './Advice';
import { loadCatalogue, refresh, testConnection } from './connect';
import styles from './connection.module.css';
import shared from './shared.module.css';

type Open = 'add' | 'remove' | null;

export function ConnectionCard({ connection, onEdit }: { readonly connection: Connection; readonly onEdit: () => void }) {
  const app = useApp();
  const { t } = useTranslation();
  const models = useSlice(app.pool, (state) => state.models);
  const own = useMemo(() => models.filter((model) => model.connectionId === connection.id), [models, connection.id]);
  const [open, setOpen] = useState<Open>(null);
  const list = useRefresh(connection);
  const on = own.filter((model) => model.enabled).length;
  return (
    <li>
      <Card className={styles.connection}>
        <div className={styles.connectionHead}>
          <div className={shared.itemText}>
            <h3 className={shared.itemName}>
              {connection.name}
              {isLocalUrl(connection.baseUrl) && (
                <Badge tone="accent">
                  <Laptop size={12} aria-hidden /> {t('on your network')}
                </Badge>
              )}
            </h3>
            <p className={shared.faint}>
              {[new URL(connection.baseUrl).host, connection.apiKey === '' ? t('no key') : t('key ends in {{tail}}', { tail: connection.apiKey.slice(-4) }), t('{{on}} of {{all}} models on', { on, all: own.length })].join(' · ')}
            </p>
          </div>
          <Button size="sm" icon={<RefreshCw size={15} aria-hidden />} busy={list.isBusy} onClick={() => void list.run()}>
            {t('Refresh list')}
          </Button>
          <Menu trigger={<IconButton label={t('Options for {{name}}', { name: connection.name })} icon={<EllipsisVertical size={18} />} />}>
            <MenuItem icon={<Pencil size={16} />} onSelect={onEdit}>
              {t('Change key or address')}
            </MenuItem>
            <MenuItem icon={<Plus size={16} />} onSelect={() => setOpen('add')}>
              {t('Add a model by its id')}
            </MenuItem>
            <MenuSeparator />
            <MenuItem icon={<Trash2 size={16} />} danger onSelect={() => setOpen('remove')}>
              {t('Remove')}
            </MenuItem>
          </Menu>
        </div>
        {list.failure && (
          <FailureNotice
            failure={list.failure}
            actions={
              <Button size="sm" onClick={onEdit}>
                {t('Change key or address')}
              </Button>
            }
          />
        )}
        {list.unlisted.length > 0 && <Unlisted connection={connection} models={list.unlisted} onDone={list.clear} />}
      </Card>
      <AddModelDialog key={open} connection={connection} open={open === 'add'} onClose={() => setOpen(null)} />
      <ConfirmDialog
        open={open === 'remove'}
        onOpenChange={(isOpen) => setOpen(isOpen ? 'remove' : null)}
        title={t('Remove {{name}}?', { name: connection.name })}
        description={t('Its key and its models ({{number}}) are deleted here. Your chats and picks stay.', { number: own.length })}
        confirmLabel={t('Remove')}
        danger
        onConfirm={() => void app.pool.removeConnection(connection.id)}
      />
    </li>
  );
}

function useRefresh(connection: Connection) {
  const app = useApp();
  const { t } = useTranslation();
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ResponseFailure | null>(null);
  const [unlisted, setUnlisted] = useState<readonly StoredModel[]>([]);
  const run = async () => {
    setBusy(true);
    setFailure(null);
    try {
      const tested = await testConnection(app, connection, new AbortController().signal);
      if (tested === null) return;
      if (!tested.ok) return setFailure(tested.error);
      const result = await refresh(app, connection, tested.value, await loadCatalogue());
      setUnlisted(result.unlisted);
      toast(result.added > 0 ? t('New models from {{name}}: {{number}}, off until you switch them on.', { number: result.added, name: connection.name }) : t('{{name}} answers. Nothing new in its list.', { name: connection.name }));
    } finally {
      setBusy(false);
    }
  };
  return { isBusy, failure, unlisted, run, clear: () => setUnlisted([]) };
}

interface UnlistedProps {
  readonly connection: Connection;
  readonly models: readonly StoredModel[];
  readonly onDone: () => void;
}

/** Nothing that is in use goes away by itself. */
function Unlisted({ connection, models, onDone }: UnlistedProps) {
  const app = useApp();
  const { t } = useTranslation();
  const removeAll = async () => {
    for (const model of models) await app.pool.removeModel(model.id);
    onDone();
  };
  return (
    <Notice
      tone="warning"
      title={models.length === 1 ? t('{{name}} no longer lists one of your models', { name: connection.name }) : t('{{name}} no longer lists {{number}} of your models', { name: connection.name, number: models.length })}
      actions={
        <>
          <Button size="sm" onClick={() => void removeAll()}>
            {t('Remove')}
          </Button>
          <Button size="sm" variant="quiet" onClick={onDone}>
            {t('Keep')}
          </Button>
        </>
      }
    >
      {listedText(models.map((model) => model.card.name))}
    </Notice>
  );
}
