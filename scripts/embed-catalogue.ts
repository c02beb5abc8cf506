/**
 * Writes src/content/embeddings.generated.json: the encoder's vectors of the catalogue's descriptions, so that a newcomer's first
 * ranking does not wait for a hundred encodings.
 *
 *   npm run embed-catalogue
 *
 * Expected result: one row per catalogue entry, each an int8 vector of 384 with its scale (cosine to the exact vector > 0.9999),
 * about 60 kB; half a minute on two cores. Run it again after a description or the encoder has changed: a test says so.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadArtifacts } from '../models/evaluate/artifacts';
import { CATALOGUE } from '../src/content/catalogue';
import { descriptionKey, quantise } from '../src/content/description-embeddings';

const root = join(import.meta.dirname, '..');

async function main(): Promise<void> {
  const artifacts = await loadArtifacts(join(root, 'models'));
  const descriptions = [...new Set(CATALOGUE.map((entry) => entry.description))];
  const vectors = await artifacts.embed(descriptions, (done) => process.stderr.write(`\r${done} of ${descriptions.length}`));
  const rows = descriptions.map((description, index) => [descriptionKey(description), quantise(vectors[index] ?? new Float32Array())]);
  const file = join(root, 'src', 'content', 'embeddings.generated.json');
  writeFileSync(file, `${JSON.stringify({ encoder: artifacts.manifest.encoder.id, vectors: Object.fromEntries(rows) }, null, 1)}\n`);
  process.stderr.write(`\n${file}\n`);
}

void main();
