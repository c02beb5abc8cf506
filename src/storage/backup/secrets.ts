import * as v from 'valibot';
import { phrase } from '../../core/phrase';
import { err, ok, type Result } from '../../core/result';
import { SECRETS_SCHEMA, type BackupError, type EncryptedSecrets, type SecretsByConnection } from './format';
import { base64ToBytes, bytesToBase64 } from './values';

/** OWASP Password Storage Cheat Sheet (2023) for PBKDF2 with HMAC-SHA-256. */
const ITERATIONS = 600_000;
const SALT_BYTES = 16;
/** NIST SP 800-38D: 96 bits for AES-GCM. */
const IV_BYTES = 12;

/** Encrypts the keys with a passphrase: PBKDF2 makes the AES-256-GCM key. Salt and IV are fresh each time. */
export async function encryptSecrets(secrets: SecretsByConnection, passphrase: string): Promise<EncryptedSecrets> {
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const key = await deriveKey(passphrase, salt, ITERATIONS);
  const plain = new TextEncoder().encode(JSON.stringify(secrets));
  const ciphertext = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, plain);
  return {
    kind: 'encrypted',
    kdf: 'PBKDF2-SHA-256',
    iterations: ITERATIONS,
    salt: bytesToBase64(salt),
    cipher: 'AES-256-GCM',
    iv: bytesToBase64(iv),
    ciphertext: bytesToBase64(new Uint8Array(ciphertext)),
  };
}

/** GCM authenticates: another passphrase or a changed byte fails, it never yields wrong keys. */
export async function decryptSecrets(encrypted: EncryptedSecrets, passphrase: string): Promise<Result<SecretsByConnection, BackupError>> {
  const salt = base64ToBytes(encrypted.salt);
  const iv = base64ToBytes(encrypted.iv);
  const ciphertext = base64ToBytes(encrypted.ciphertext);
  if (salt === null || iv === null || ciphertext === null) {
    return err({ kind: 'not_backup', detail: phrase('the encrypted keys are not base64') });
  }
  try {
    const key = await deriveKey(passphrase, salt, encrypted.iterations);
    const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, ciphertext);
    return ok(v.parse(SECRETS_SCHEMA, JSON.parse(new TextDecoder().decode(plain))));
  } catch {
    return err({ kind: 'passphrase_wrong' });
  }
}

async function deriveKey(passphrase: string, salt: Uint8Array<ArrayBuffer>, iterations: number): Promise<CryptoKey> {
  const bytes = new TextEncoder().encode(passphrase.normalize('NFKC'));
  const material = await crypto.subtle.importKey('raw', bytes, 'PBKDF2', false, ['deriveKey']);
  return crypto.subtle.deriveKey({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations }, material, { name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ]);
}
