export type VaultErrorKind = 'wrong_passphrase' | 'damaged' | 'newer_version' | 'other_vault';

export class VaultFailure extends Error {
  override readonly name = 'VaultFailure';

  constructor(
    readonly kind: VaultErrorKind,
    readonly file: string,
  ) {
    super(`${kind}: ${file}`);
  }
}
