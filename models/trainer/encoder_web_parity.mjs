/**
 * Runs encoder files in the app's own runtime, onnxruntime-web on WASM, one thread, in Node.
 *
 * Usage: node encoder_web_parity.mjs job.json result.json
 * job:    { tokenizer, tokenizerConfig: paths, maxTokens, texts: string[], models: { label: path } }
 * result: { runtime, tokenizer: versions, ids: int[][], embeddings: { label: float[][384] }, milliseconds: { label: median } }
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import * as ort from 'onnxruntime-web';

ort.env.wasm.numThreads = 1;
ort.env.logLevel = 'error';

/** The version in the package.json nearest to a package's entry file. */
function packageVersion(name) {
  let folder = dirname(createRequire(import.meta.url).resolve(name));
  for (;;) {
    try {
      const found = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      if (found.name === name) return found.version;
    } catch { /* no package.json in this folder: look one up */ }
    if (folder === dirname(folder)) throw new Error(`${name} is not installed: run npm ci`);
    folder = dirname(folder);
  }
}

/** Token ids as sentence-transformers makes them; the JavaScript tokenizer leaves truncation, keeping the final [SEP], to us. */
function tokenise(tokenizer, text, maxTokens) {
  const ids = tokenizer.encode(text).ids.map(Number);
  return ids.length <= maxTokens ? ids : [...ids.slice(0, maxTokens - 1), ids.at(-1)];
}

function feedsOf(ids) {
  const tensor = (values) => new ort.Tensor('int64', BigInt64Array.from(values, BigInt), [1, ids.length]);
  return { input_ids: tensor(ids), attention_mask: tensor(ids.map(() => 1)), token_type_ids: tensor(ids.map(() => 0)) };
}

async function embedAll(path, idLists) {
  const session = await ort.InferenceSession.create(readFileSync(path), { executionProviders: ['wasm'] });
  const embeddings = [];
  const times = [];
  for (const ids of idLists) {
    const start = performance.now();
    const { sentence_embedding: embedding } = await session.run(feedsOf(ids), ['sentence_embedding']);
    times.push(performance.now() - start);
    embeddings.push(Array.from(embedding.data));
  }
  await session.release();
  return { embeddings, median: times.sort((a, b) => a - b)[times.length >> 1] };
}

const [jobPath, resultPath] = process.argv.slice(2);
if (jobPath === undefined || resultPath === undefined) throw new Error('usage: encoder_web_parity.mjs job.json result.json');
const job = JSON.parse(readFileSync(jobPath, 'utf8'));
const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));
const tokenizer = new Tokenizer(readJson(job.tokenizer), readJson(job.tokenizerConfig));
const ids = job.texts.map((text) => tokenise(tokenizer, text, job.maxTokens));
const result = {
  runtime: `onnxruntime-web ${packageVersion('onnxruntime-web')}`,
  tokenizer: `@huggingface/tokenizers ${packageVersion('@huggingface/tokenizers')}`,
  ids, embeddings: {}, milliseconds: {},
};
for (const [label, path] of Object.entries(job.models)) {
  const { embeddings, median } = await embedAll(path, ids);
  result.embeddings[label] = embeddings;
  result.milliseconds[label] = median;
}
writeFileSync(resultPath, JSON.stringify(result));
