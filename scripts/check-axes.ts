/**
 * Development check: how well `measureResponse` reproduces the published style features of AlpacaEval responses.
 *
 *   npx tsx scripts/check-axes.ts --data DIR      (DIR holds alpacaeval/responses.jsonl.gz and response_features.csv.gz)
 *
 * Prints the correlation of every standardised axis and of every count, and the share of responses with exactly the same count.
 * Expected: ≥ 0.989 on every axis over the 10,176 responses. Takes about 10 seconds.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { ResponseMeasures } from '../src/core/axes';
import { measureResponse, responseAxes } from '../src/core/axes';
import { AXIS_COUNT, AXIS_NAMES } from '../src/core/dimensions';
import type { AxisConstants } from '../src/core/manifest';

type Measure = keyof ResponseMeasures;

/** Measure → column of response_features.csv. */
const COLUMNS: readonly (readonly [Measure, string])[] = [
  ['words', 'words'],
  ['sentences', 'sentences'],
  ['headers', 'headers'],
  ['bullets', 'bullets'],
  ['numbered', 'numbered'],
  ['bold', 'bold'],
  ['flesch', 'flesch'],
  ['warmth', 'warmth'],
  ['exclaims', 'exclaims'],
  ['steps', 'steps'],
  ['equations', 'equations'],
  ['citations', 'citations'],
  ['hedges', 'hedges'],
  ['disclaimers', 'disclaimers'],
  ['examples', 'examples'],
  ['askBack', 'ask_back'],
  ['endsQuestion', 'ends_question'],
  ['codeFraction', 'code_frac'],
];

/** Neutral constants: correlations do not depend on them, but for length_fit, which needs the real mean length. */
const CONSTANTS: AxisConstants = {
  mean: AXIS_NAMES.map((axis) => (axis === 'length' ? 4.93 : 0)),
  sd: AXIS_NAMES.map((axis) => (axis === 'length' ? 1.05 : 1)),
  costP1Usd: 6.2e-6,
  costP99Usd: 0.02892,
};

interface Pair {
  readonly published: ResponseMeasures;
  readonly measured: ResponseMeasures;
}

function readGzip(folder: string, file: string): string[] {
  return gunzipSync(readFileSync(join(folder, 'alpacaeval', file))).toString('utf8').split('\n').filter((line) => line !== '');
}

function readPublished(folder: string): Map<string, ResponseMeasures> {
  const [header = '', ...rows] = readGzip(folder, 'response_features.csv.gz');
  const names = header.trim().split(',');
  return new Map(rows.map((row) => {
    const cells = row.trim().split(',');
    const measures: Record<Measure, number> = { ...measureResponse('') };
    for (const [measure, column] of COLUMNS) measures[measure] = Number(cells[names.indexOf(column)]);
    return [`${cells[0]} ${cells[1]}`, measures];
  }));
}

function readPairs(folder: string): Pair[] {
  const published = readPublished(folder);
  return readGzip(folder, 'responses.jsonl.gz').flatMap((line) => {
    const row: unknown = JSON.parse(line);
    if (!isResponse(row)) throw new Error(`Not a response: ${line.slice(0, 80)}`);
    const features = published.get(`${row.prompt_id} ${row.llm}`);
    return features === undefined ? [] : [{ published: features, measured: measureResponse(row.response) }];
  });
}

function isResponse(row: unknown): row is { prompt_id: string; llm: string; response: string } {
  return typeof row === 'object' && row !== null && 'prompt_id' in row && 'llm' in row && 'response' in row && typeof row.response === 'string';
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (const [i, value] of a.entries()) {
    const [da, db] = [value - meanA, (b[i] ?? 0) - meanB];
    ab += da * db;
    aa += da * da;
    bb += db * db;
  }
  return ab / Math.sqrt(aa * bb);
}

function main(): void {
  const at = process.argv.indexOf('--data');
  const folder = at < 0 ? undefined : process.argv[at + 1];
  if (folder === undefined) throw new Error('Usage: npx tsx scripts/check-axes.ts --data DIR');
  const pairs = readPairs(folder);
  console.log(`${pairs.length} responses\n\naxis         correlation`);
  const axes = pairs.map(({ published, measured }) => [responseAxes(published, 0.001, CONSTANTS), responseAxes(measured, 0.001, CONSTANTS)] as const);
  for (let axis = 1; axis < AXIS_COUNT - 1; axis++) {
    const r = correlation(axes.map(([a]) => a[axis] ?? 0), axes.map(([, b]) => b[axis] ?? 0));
    console.log(`${AXIS_NAMES[axis]?.padEnd(12)} ${r.toFixed(4)}`);
  }
  console.log('\nmeasure        correlation  exact');
  for (const [measure] of COLUMNS) {
    const [a, b] = [pairs.map((pair) => pair.published[measure]), pairs.map((pair) => pair.measured[measure])];
    const exact = a.filter((value, i) => Math.abs(value - (b[i] ?? 0)) < 0.006).length / pairs.length;
    console.log(`${measure.padEnd(14)} ${correlation(a, b).toFixed(4)}       ${(100 * exact).toFixed(1)} %`);
  }
}

main();
