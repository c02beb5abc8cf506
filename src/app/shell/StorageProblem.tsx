import { toStorageError } from '../../storage/storage-error';
import { t } from '../i18n';
import { Button, EmptyState } from '../ui';

/** Without storage nothing could be kept, so the app says so instead of pretending. */
export function StorageProblem({ thrown }: { readonly thrown: unknown }) {
  const { message, advice, detail } = toStorageError(thrown);
  return (
    <EmptyState
      title={t(message)}
      actions={
        <Button variant="primary" onClick={() => location.reload()}>
          {t('Reload')}
        </Button>
      }
    >
      <p>{t(advice)}</p>
      <p>
        <small>{detail}</small>
      </p>
    </EmptyState>
  );
}
