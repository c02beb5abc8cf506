import { toStorageError } from '../../storage/storage-error';
import { Button, EmptyState } from '../ui';

/** Without storage nothing could be kept, so the app says so instead of pretending. */
export function StorageProblem({ thrown }: { readonly thrown: unknown }) {
  const { message, advice, detail } = toStorageError(thrown);
  return (
    <EmptyState
      title={message}
      actions={
        <Button variant="primary" onClick={() => location.reload()}>
          Reload
        </Button>
      }
    >
      <p>{advice}</p>
      <p>
        <small>{detail}</small>
      </p>
    </EmptyState>
  );
}
