import { engineErrorPhrase, EngineFailure } from '../../protocol/failure';
import { StorageFailure, type StorageError } from '../../storage/storage-error';
import { t, textOf, translate } from '../i18n';

/** What went wrong, in the user's language where this app knows the failure; else in the words of whoever threw. */
export function thrownText(thrown: unknown): string {
  if (thrown instanceof StorageFailure) return textOf(storageErrorText(thrown.error), t('({{detail}})', { detail: thrown.error.detail }));
  if (thrown instanceof EngineFailure) return translate(engineErrorPhrase(thrown.error));
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** What happened and what to do next. */
export function storageErrorText({ message, advice }: StorageError): string {
  return textOf(t(message), t(advice));
}
