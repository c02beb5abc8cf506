/**
 * `npm run evaluate -- --data DIR [--protocol NAME|all] [--users N] [--prompts N] [--seed S] [--seeds N] [--json FILE] …`, see README.md.
 *
 * Evaluates the shipped ONNX files through the shipped TypeScript (src/core, src/engine) on a data folder. Everything simulated is
 * called simulated. Progress goes to standard error, tables to standard output.
 */
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseAblations } from './ablation';
import { locate, DataError, MissingFile } from './files';
import { openCrew, soloCrew } from './parallel';
import { PROTOCOLS } from './protocols';
import { encodeAll, type ProtocolInput, type ProtocolResult, type Settings } from './protocols/protocol';
import { provenance } from './provenance';
import { sectionText } from './report';
import { acrossTrainings, trainingsText } from './trainings';
import { openWorkbench } from './workbench';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    models: { type: 'string', default: join(import.meta.dirname, '..') },
    users: { type: 'string', default: '250' },
    prompts: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '0' },
    seeds: { type: 'string', default: '1' },
    split: { type: 'string', default: 'test' },
    picks: { type: 'string', default: 'train' },
    protocol: { type: 'string', default: 'new-user' },
    pool: { type: 'string', default: 'both' },
    duels: { type: 'string', default: 'active' },
    ablate: { type: 'string' },
    'picks-file': { type: 'string' },
    fast: { type: 'boolean', default: false },
    threads: { type: 'string', default: String(availableParallelism()) },
    json: { type: 'string' },
  },
});

function wholeNumber(name: 'users' | 'prompts' | 'seed' | 'seeds' | 'threads'): number {
  const number = Number(values[name]);
  if (!Number.isInteger(number) || number < 0) throw new DataError(`--${name} must be a whole number, not ${values[name]}`);
  return number;
}

function oneOf<Name extends string>(name: 'split' | 'picks', options: readonly Name[]): Name {
  const chosen = options.find((option) => option === values[name]);
  if (chosen === undefined) throw new DataError(`--${name} must be one of ${options.join(', ')}, not ${values[name]}`);
  return chosen;
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
  let shown = started;
  return (done, total) => {
    if (Date.now() - shown < 5000) return;
    shown = Date.now();
    process.stderr.write(`${label}: ${done} of ${total}, ${((Date.now() - started) / 1000).toFixed(0)} s\n`);
  };
}

function settings(): Settings {
  const ablations = parseAblations(values.ablate);
  return {
    users: wholeNumber('users'),
    prompts: wholeNumber('prompts'),
    seed: wholeNumber('seed'),
    seeds: Math.max(1, wholeNumber('seeds')),
    split: oneOf('split', ['test', 'validation', 'train']),
    picks: oneOf('picks', ['train', 'halves']),
    pools: choice('pool', ['seen', 'unseen']),
    duels: choice('duels', ['active', 'random']),
    ablations,
    fast: values.fast,
    picksFile: values['picks-file'] ?? null,
  };
}

function chosenProtocols(): string[] {
  const names = values.protocol === 'all' ? Object.keys(PROTOCOLS) : values.protocol.split(',');
  const unknown = names.find((name) => !(name in PROTOCOLS));
  if (unknown !== undefined) throw new DataError(`unknown protocol ${unknown}; there are ${Object.keys(PROTOCOLS).join(', ')}, all`);
  return names;
}

async function runProtocol(name: string, input: ProtocolInput): Promise<ProtocolResult> {
  const started = Date.now();
  const { sections, skipped } = await PROTOCOLS[name]!(input).catch((error: unknown) => {
    if (error instanceof MissingFile) return { sections: [], skipped: [error.message] };
    throw error;
  });
  for (const section of sections) console.log(sectionText(section));
  for (const reason of skipped) console.log(`\n${name}, skipped: ${reason}`);
  const seconds = Math.round((Date.now() - started) / 1000);
  process.stderr.write(`${name}: done in ${seconds} s\n`);
  return { protocol: name, sections, skipped, seconds };
}

/** Everything the protocols of simulated people encode, on all threads; a folder without those files has nothing to encode here. */
async function encodeBenchmark(input: ProtocolInput, folder: string): Promise<void> {
  if (locate(folder, 'alpacaeval/prompts.jsonl') === null) return;
  const { prompts, llms } = input.bench.benchmark();
  await encodeAll(input, [...prompts.map(({ query }) => query), ...llms.map(({ description }) => description)]);
}

/** All protocols on one training's files; `save` is called after each, so that a run that is cut off has said what it found. */
async function evaluateTraining(folder: string, models: string, names: readonly string[], chosen: Settings, save: (source: ReturnType<typeof provenance>, results: readonly ProtocolResult[]) => void): Promise<void> {
  const threads = Math.max(1, wholeNumber('threads'));
  const bench = await openWorkbench(folder, models);
  const crew = threads > 1 ? await openCrew({ data: folder, models }, threads) : soloCrew(bench);
  try {
    const input: ProtocolInput = { ...chosen, crew, bench, report };
    const source = provenance(folder, models, bench, chosen);
    await encodeBenchmark(input, folder);
    const results: ProtocolResult[] = [];
    for (const name of names) {
      results.push(await runProtocol(name, input));
      save(source, results);
    }
  } finally {
    await crew.close();
  }
}

async function main(): Promise<void> {
  const folder = values.data;
  if (!folder) throw new DataError('--data DIR is needed: a folder in the format described in README.md');
  if (locate(folder, 'llms.json') === null) throw new DataError(`${folder} has no llms.json: is it a data folder?`);
  const names = chosenProtocols();
  const chosen = settings();
  const write = (content: object) => values.json && writeFileSync(values.json, `${JSON.stringify(content, null, 1)}\n`);
  const trainings = values.models.split(',');
  const done: { readonly source: ReturnType<typeof provenance>; readonly protocols: readonly ProtocolResult[] }[] = [];
  for (const models of trainings) {
    await evaluateTraining(folder, models, names, chosen, (source, protocols) => {
      if (trainings.length === 1) write({ ...source, protocols });
      done[trainings.indexOf(models)] = { source, protocols };
    });
  }
  if (trainings.length === 1) return;
  const across = acrossTrainings(done.map(({ protocols }) => protocols));
  console.log(trainingsText(across));
  write({ ...done[0]?.source, router: done.map(({ source }) => source.router), across });
}

main().catch((error: unknown) => {
  console.error(error instanceof DataError ? `evaluate: ${error.message}` : error);
  process.exitCode = 1;
});
