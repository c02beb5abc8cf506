/**
 * `npm run evaluate -- --data DIR [--users N] [--prompts N] [--seed S] [--protocol NAME] [--pool seen|unseen|both]
 * [--duels active|random|both] [--split test|validation|train] [--json FILE] [--models DIR]`
 *
 * Evaluates the shipped ONNX files through the shipped TypeScript (src/core, src/engine) on a data folder. Everything simulated is
 * called simulated. Progress goes to standard error, tables to standard output.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadArtifacts } from './artifacts';
import { readBenchmark } from './benchmark';
import { DataError } from './files';
import { PROTOCOLS } from './protocols';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    models: { type: 'string', default: join(import.meta.dirname, '..') },
    users: { type: 'string', default: '250' },
    prompts: { type: 'string', default: '75' },
    seed: { type: 'string', default: '0' },
    split: { type: 'string', default: 'test' },
    protocol: { type: 'string', default: 'new-user' },
    pool: { type: 'string', default: 'both' },
    duels: { type: 'string', default: 'active' },
    json: { type: 'string' },
  },
});

function wholeNumber(name: 'users' | 'prompts' | 'seed'): number {
  const number = Number(values[name]);
  if (!Number.isInteger(number) || number < 0) throw new DataError(`--${name} must be a whole number, not ${values[name]}`);
  return number;
}

/** `both`, or one of the two. */
function choice<Name extends string>(name: 'pool' | 'duels', options: readonly [Name, Name]): readonly Name[] {
  if (values[name] === 'both') return options;
  const chosen = options.filter((option) => option === values[name]);
  if (chosen.length === 0) throw new DataError(`--${name} must be ${options.join(', ')} or both, not ${values[name]}`);
  return chosen;
}

function report(label: string): (done: number, total: number) => void {
  const started = Date.now();
  let shown = 0;
  return (done, total) => {
    if (done !== total && Date.now() - shown < 5000) return;
    shown = Date.now();
    process.stderr.write(`${label}: ${done} of ${total}, ${((Date.now() - started) / 1000).toFixed(0)} s\n`);
  };
}

async function main(): Promise<void> {
  if (!values.data) throw new DataError('--data DIR is needed: a folder in the format described in README.md');
  const split = values.split === 'validation' || values.split === 'train' ? values.split : 'test';
  const artifacts = await loadArtifacts(values.models);
  const benchmark = readBenchmark(values.data);
  const progress = report('encoding prompts');
  const texts = benchmark.prompts.map((prompt) => prompt.query);
  const embeddings = await artifacts.embed(texts, (done) => progress(done, texts.length));
  const input = { artifacts, benchmark, embeddings, users: wholeNumber('users'), promptsPerFold: wholeNumber('prompts'), seed: wholeNumber('seed'), split, report, pools: choice('pool', ['seen', 'unseen']), duels: choice('duels', ['active', 'random']) } as const;
  const results = [];
  for (const name of values.protocol.split(',')) {
    const protocol = PROTOCOLS[name];
    if (!protocol) throw new DataError(`unknown protocol ${name}; there are ${Object.keys(PROTOCOLS).join(', ')}`);
    const result = await protocol(input);
    results.push(result);
    console.log(result.text);
  }
  if (values.json) writeFileSync(values.json, `${JSON.stringify(results.map(({ text: _text, ...rest }) => rest), null, 1)}\n`);
}

main().catch((error: unknown) => {
  console.error(error instanceof DataError ? `evaluate: ${error.message}` : error);
  process.exitCode = 1;
});
