import { EllipsisVertical, Laptop, Pencil, Plus, RefreshCw, Trash2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Connection } from '../../../core/connection';
import type { ResponseFailure } from '../../../core/conversation';
import { isLocalUrl } from '../../../providers/address';
import type { StoredModel } from '../../../storage/rows';
import { useApp, useSlice } from '../../store/context';
import { Badge, Button, Card, ConfirmDialog, IconButton, Menu, MenuItem, MenuSeparator, Notice, toast } from '../../ui';
import { AddModelDialog } from './AddModelDialog';
import { FailureNotice } from './Advice';
import { loadCatalogue, refresh, testConnection } from './connect';
import styles from './models.module.css';

type Open = 'add' | 'remove' | null;

export function ConnectionCard({ connection, onEdit }: { readonly connection: Connection; readonly onEdit: () => void }) {
  const app = useApp();
  const models = useSlice(app.pool, (state) => state.models);
  const own = useMemo(() => models.filter((model) => model.connectionId === connection.id), [models, connection.id]);
  const [open, setOpen] = useState<Open>(null);
  const list = useRefresh(connection);
  const on = own.filter((model) => model.enabled).length;
  return (
    <li>
      <Card className={styles.connection}>
        <div className={styles.connectionHead}>
          <div className={styles.connectionText}>
            <h3 className={styles.connectionName}>
              {connection.name}
              {isLocalUrl(connection.baseUrl) && (
                <Badge tone="accent">
                  <Laptop size={12} aria-hidden /> on your network
                </Badge>
              )}
            </h3>
            <p className={styles.faint}>
              {new URL(connection.baseUrl).host} · {connection.apiKey === '' ? 'no key' : `key ends in ${connection.apiKey.slice(-4)}`} · {on} of {own.length} models on
            </p>
          </div>
          <Button size="sm" icon={<RefreshCw size={15} aria-hidden />} busy={list.isBusy} onClick={() => void list.run()}>
            Refresh list
          </Button>
          <Menu trigger={<IconButton label={`Options for ${connection.name}`} icon={<EllipsisVertical size={18} />} />}>
            <MenuItem icon={<Pencil size={16} />} onSelect={onEdit}>
              Change key or address
            </MenuItem>
            <MenuItem icon={<Plus size={16} />} onSelect={() => setOpen('add')}>
              Add a model by its id
            </MenuItem>
            <MenuSeparator />
            <MenuItem icon={<Trash2 size={16} />} danger onSelect={() => setOpen('remove')}>
              Remove
            </MenuItem>
          </Menu>
        </div>
        {list.failure && (
          <FailureNotice
            failure={list.failure}
            actions={
              <Button size="sm" onClick={onEdit}>
                Change key or address
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
        title={`Remove ${connection.name}?`}
        description={`Its key and its ${own.length} models are deleted here. Your chats and picks stay.`}
        confirmLabel="Remove"
        danger
        onConfirm={() => void app.pool.removeConnection(connection.id)}
      />
    </li>
  );
}

function useRefresh(connection: Connection) {
  const app = useApp();
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
      toast(result.added > 0 ? `${result.added} new ${result.added === 1 ? 'model' : 'models'} from ${connection.name}, off until you switch them on.` : `${connection.name} answers. Nothing new in its list.`);
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
  const removeAll = async () => {
    for (const model of models) await app.pool.removeModel(model.id);
    onDone();
  };
  return (
    <Notice
      tone="warning"
      title={`${connection.name} no longer lists ${models.length === 1 ? 'one of your models' : `${models.length} of your models`}`}
      actions={
        <>
          <Button size="sm" onClick={() => void removeAll()}>
            Remove {models.length === 1 ? 'it' : 'them'}
          </Button>
          <Button size="sm" variant="quiet" onClick={onDone}>
            Keep
          </Button>
        </>
      }
    >
      {models.map((model) => model.card.name).join(', ')}
    </Notice>
  );
}
