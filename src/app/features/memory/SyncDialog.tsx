import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useApp, useSlice } from '../../store/context';
import type { SyncPlace } from '../../store/sync';
import { Button, Dialog, Notice, Switch, TextField } from '../../ui';
import { Segmented } from '../../ui/Segmented';
import { CorsHelp } from './CorsHelp';
import styles from './memory.module.css';
import { syncProblemText } from './sync-words';
import { passphraseProblem } from './transfer';

type Kind = SyncPlace['kind'];

/** Where to, and the passphrase. Nothing is set up unless a first round went through. */
export function SyncDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const app = useApp();
  const { canPickFolder } = app.platform.sync;
  const isRunning = useSlice(app.sync, (state) => state.phase.kind === 'running');
  const [kind, setKind] = useState<Kind>('webdav');
  const [address, setAddress] = useState({ url: '', user: '', password: '' });
  const [folder, setFolder] = useState<FileSystemDirectoryHandle | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const [remember, setRemember] = useState(true);
  const [withKeys, setWithKeys] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const place: SyncPlace | null = kind === 'webdav' ? { kind, ...address } : folder && { kind, handle: folder };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (place === null) return;
    const weak = passphraseProblem(passphrase, passphrase);
    if (weak !== null) return setProblem(weak);
    const failed = await app.sync.connect({ place, passphrase, remember, withKeys });
    if (failed === null) onClose();
    else setProblem(syncProblemText(t, failed));
  };
  const close = () => {
    app.sync.stop();
    onClose();
  };
  return (
    <Dialog open onOpenChange={(open) => !open && close()} title={t('Set up sync')} description={t('Do the same on each device, with the same folder and passphrase.')}>
      <form className={styles.form} onSubmit={(event) => void submit(event)}>
        {canPickFolder && (
          <Segmented<Kind>
            label={t('Where to')}
            value={kind}
            choices={[
              { value: 'webdav', label: 'WebDAV' },
              { value: 'folder', label: t('Folder on this device') },
            ]}
            onValueChange={setKind}
          />
        )}
        {kind === 'webdav' ? <AddressFields address={address} onChange={setAddress} /> : <FolderField folder={folder} onPick={setFolder} />}
        <TextField
          label={t('Passphrase')}
          type="password"
          autoComplete="new-password"
          hint={t('The first device sets it. Without it nobody can read the folder, and it cannot be recovered.')}
          value={passphrase}
          onChange={(event) => setPassphrase(event.target.value)}
        />
        <Switch label={t('Remember on this device')} hint={t('Keeps the password, and a key that cannot be taken out of this browser, so that it syncs by itself.')} checked={remember} onCheckedChange={setRemember} />
        <Switch label={t('API keys, too')} hint={t('Encrypted like everything else. Each device that wants them needs this switch.')} checked={withKeys} onCheckedChange={setWithKeys} />
        {problem !== null && <Notice tone="danger" title={t('Nothing was set up')}>{problem}</Notice>}
        {kind === 'webdav' && <CorsHelp origin={window.location.origin} />}
        <footer className={styles.formFooter}>
          <Button onClick={close}>{t('Cancel')}</Button>
          <Button type="submit" variant="primary" busy={isRunning} disabled={place === null || (kind === 'webdav' && address.url.trim() === '') || passphrase === ''}>
            {t('Connect and sync')}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}

interface Address {
  readonly url: string;
  readonly user: string;
  readonly password: string;
}

function AddressFields({ address, onChange }: { readonly address: Address; readonly onChange: (address: Address) => void }) {
  const { t } = useTranslation();
  return (
    <>
      <TextField label={t('Address of the folder')} type="url" inputMode="url" autoComplete="off" placeholder="https://cloud.example/remote.php/dav/files/me/Tacit" value={address.url} onChange={(event) => onChange({ ...address, url: event.target.value })} />
      <TextField label={t('User')} autoComplete="off" value={address.user} onChange={(event) => onChange({ ...address, user: event.target.value })} />
      <TextField label={t('Password')} type="password" autoComplete="off" value={address.password} onChange={(event) => onChange({ ...address, password: event.target.value })} />
    </>
  );
}

function FolderField({ folder, onPick }: { readonly folder: FileSystemDirectoryHandle | null; readonly onPick: (folder: FileSystemDirectoryHandle) => void }) {
  const { t } = useTranslation();
  const app = useApp();
  const pick = async () => {
    const picked = await app.platform.sync.pickFolder();
    if (picked !== null) onPick(picked);
  };
  return (
    <div className={styles.unlock}>
      <Button onClick={() => void pick()}>{folder === null ? t('Choose a folder') : folder.name}</Button>
      <p className={styles.faint}>{t('For example one that your cloud client keeps the same on all machines. Choose an empty folder, or the one your other device uses.')}</p>
    </div>
  );
}
