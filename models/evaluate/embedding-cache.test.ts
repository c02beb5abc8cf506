import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { EmbeddingCache } from './embedding-cache';

it('keeps embeddings between runs, and sees what another thread wrote meanwhile', () => {
  const folder = mkdtempSync(join(tmpdir(), 'embeddings-'));
  const embedding = Float32Array.from({ length: 384 }, (_, i) => Math.sin(i));
  const [first, second] = [new EmbeddingCache('a'.repeat(64), folder), new EmbeddingCache('a'.repeat(64), folder)];
  expect(second.get('a prompt')).toBeNull();
  first.put('a prompt', embedding);
  first.put('a prompt', new Float32Array(384));
  expect(second.get('a prompt')).toEqual(embedding);
  expect(new EmbeddingCache('a'.repeat(64), folder).get('a prompt')).toEqual(embedding);
  expect(new EmbeddingCache('b'.repeat(64), folder).get('a prompt')).toBeNull();
  rmSync(folder, { recursive: true });
});
