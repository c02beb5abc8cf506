/** Why storage elsewhere could not be used, as plain data. */
export type RemoteErrorKind = 'offline' | 'refused_login' | 'forbidden' | 'not_found' | 'full' | 'changed' | 'no_permission' | 'server' | 'address';

export class RemoteFailure extends Error {
  override readonly name = 'RemoteFailure';

  constructor(
    readonly kind: RemoteErrorKind,
    readonly detail: string,
  ) {
    super(`${kind}: ${detail}`);
  }
}

export interface RemoteFile {
  readonly name: string;
  /** Changes when the content does; null when the storage cannot tell. */
  readonly tag: string | null;
}

export interface WriteCondition {
  /** Only if there is no such file; otherwise `write` resolves to false. */
  readonly onlyNew?: boolean;
}

/** A flat folder of files that the user owns. Every method rejects with RemoteFailure or the signal's reason. */
export interface SyncRemote {
  list(signal: AbortSignal): Promise<readonly RemoteFile[]>;
  /** Null when there is no such file. */
  read(name: string, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer> | null>;
  write(name: string, content: Uint8Array<ArrayBuffer>, signal: AbortSignal, condition?: WriteCondition): Promise<boolean>;
  /** A file that is gone already is no failure. */
  remove(name: string, signal: AbortSignal): Promise<void>;
}
