import * as v from 'valibot';
import { base64ToBytes, bytesToBase64 } from '../backup/values';
import type { SyncRemote } from './remote';
import { VaultFailure } from './vault-failure';

/**
 * The key that everything in the user's folder is encrypted with. PBKDF2 makes it from the passphrase and the folder's salt, so that every
 * device with the passphrase has the same one; the passphrase itself is kept nowhere. AES-GCM authenticates the content and, as additional data,
 * the file's name: files cannot be changed or swapped unnoticed.
 */
export interface Vault {
  readonly id: string;
  /** Not extractable. */
  readonly key: CryptoKey;
}

export const VAULT_FILE = 'tacit-vault.json';

/** OWASP Password Storage Cheat Sheet (2023) for PBKDF2 with HMAC-SHA-256. */
const ITERATIONS = 600_000;
/** A hostile folder could otherwise hang the browser. */
const MAX_ITERATIONS = 10_000_000;
const IV_BYTES = 12;
const MAGIC = new TextEncoder().encode('TCS1');
const CHECK_TEXT = 'tacit-sync';
const CHECK_NAME = 'check';

const VAULT_SCHEMA = v.object({
  format: v.literal('tacit-vault'),
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
  id: v.pipe(v.string(), v.nonEmpty()),
  kdf: v.literal('PBKDF2-SHA-256'),
  iterations: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_ITERATIONS)),
  salt: v.string(),
  check: v.string(),
});

/** Opens the folder's vault with the passphrase, or makes one in an empty folder. Rejects with VaultFailure or RemoteFailure. */
export async function openVault(remote: SyncRemote, passphrase: string, signal: AbortSignal, iterations: number = ITERATIONS): Promise<Vault> {
  const known = await remote.read(VAULT_FILE, signal);
  if (known !== null) return unlock(known, passphrase);
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const id = hex(crypto.getRandomValues(new Uint8Array(8)));
  const vault = { id, key: await deriveKey(passphrase, salt, iterations) };
  const check = bytesToBase64(await seal(vault, CHECK_NAME, CHECK_TEXT));
  const file = { format: 'tacit-vault', version: 1, id, kdf: 'PBKDF2-SHA-256', iterations, salt: bytesToBase64(salt), check };
  await remote.write(VAULT_FILE, new TextEncoder().encode(JSON.stringify(file, null, 1)), signal, { onlyNew: true });
  // Two devices may have begun at once: what lies there now counts for both.
  const settled = await remote.read(VAULT_FILE, signal);
  return settled === null ? vault : unlock(settled, passphrase);
}

/** Whether the folder still holds this vault; `absent` when somebody emptied it. */
export async function checkVault(remote: SyncRemote, vault: Vault, signal: AbortSignal): Promise<'same' | 'absent'> {
  const content = await remote.read(VAULT_FILE, signal);
  if (content === null) return 'absent';
  if (parseVault(content).id !== vault.id) throw new VaultFailure('other_vault', VAULT_FILE);
  return 'same';
}

async function unlock(content: Uint8Array<ArrayBuffer>, passphrase: string): Promise<Vault> {
  const file = parseVault(content);
  const salt = base64ToBytes(file.salt);
  const check = base64ToBytes(file.check);
  if (salt === null || check === null) throw new VaultFailure('damaged', VAULT_FILE);
  const vault = { id: file.id, key: await deriveKey(passphrase, salt, file.iterations) };
  try {
    await unseal(vault, CHECK_NAME, check);
  } catch {
    throw new VaultFailure('wrong_passphrase', VAULT_FILE);
  }
  return vault;
}

function parseVault(content: Uint8Array): v.InferOutput<typeof VAULT_SCHEMA> {
  try {
    const file = v.parse(VAULT_SCHEMA, JSON.parse(new TextDecoder().decode(content)));
    if (file.version === 1) return file;
  } catch {
    throw new VaultFailure('damaged', VAULT_FILE);
  }
  throw new VaultFailure('newer_version', VAULT_FILE);
}

/** A text as the content of a file of this name: deflated, then encrypted with a fresh IV. */
export async function seal(vault: Vault, name: string, text: string): Promise<Uint8Array<ArrayBuffer>> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  // Only who syncs needs the compressor.
  const { deflateSync } = await import('fflate');
  const plain = new Uint8Array(deflateSync(new TextEncoder().encode(text)));
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: nameBytes(vault, name) }, vault.key, plain);
  const content = new Uint8Array(MAGIC.length + IV_BYTES + sealed.byteLength);
  content.set(MAGIC);
  content.set(iv, MAGIC.length);
  content.set(new Uint8Array(sealed), MAGIC.length + IV_BYTES);
  return content;
}

/** The inverse. Rejects with VaultFailure `damaged` when a byte, the name or the key is another. */
export async function unseal(vault: Vault, name: string, content: Uint8Array<ArrayBuffer>): Promise<string> {
  const body = content.subarray(MAGIC.length + IV_BYTES);
  const { inflateSync } = await import('fflate');
  try {
    if (MAGIC.some((byte, at) => content[at] !== byte)) throw new VaultFailure('damaged', name);
    const iv = content.slice(MAGIC.length, MAGIC.length + IV_BYTES);
    const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: nameBytes(vault, name) }, vault.key, body);
    return new TextDecoder().decode(inflateSync(new Uint8Array(plain)));
  } catch {
    throw new VaultFailure('damaged', name);
  }
}

function nameBytes(vault: Vault, name: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${vault.id}/${name}`);
}

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function deriveKey(passphrase: string, salt: Uint8Array<ArrayBuffer>, iterations: number): Promise<CryptoKey> {
  const bytes = new TextEncoder().encode(passphrase.normalize('NFKC'));
  const material = await crypto.subtle.importKey('raw', bytes, 'PBKDF2', false, ['deriveKey']);
  return crypto.subtle.deriveKey({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations }, material, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}
