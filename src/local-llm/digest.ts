import type { ModelFile } from '../protocol/local-llm';

/** Whether the content is the one that the hub lists. */
export async function matchesDigest(content: Blob, { bytes, digest }: ModelFile): Promise<boolean> {
  if (content.size !== bytes) return false;
  const prefix = digest.algorithm === 'git-sha1' ? `blob ${bytes}\0` : '';
  const whole = await new Blob([prefix, content]).arrayBuffer();
  const hash = await crypto.subtle.digest(digest.algorithm === 'git-sha1' ? 'SHA-1' : 'SHA-256', whole);
  return hexOf(new Uint8Array(hash)) === digest.hex;
}

function hexOf(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
