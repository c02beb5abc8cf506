#!/usr/bin/env node
/**
 * Writes src/content/prices.generated.json from the installed @pydantic/genai-prices, offline, in about a second.
 *
 *   node scripts/update-catalogue-prices.mjs              prices in force today
 *   node scripts/update-catalogue-prices.mjs 2027-01-01   prices in force on that day
 *
 * src/content/price-sources.json maps each catalogue id to `<provider>/<model id>` of that library; ids must match exactly.
 * Expected result: one row per mapped model, US dollars per million tokens, exit code 0. A model that the library no longer
 * has, or that has no price, is an error: nothing is written.
 *
 * Where prices depend on the length of the prompt, the base price is taken; where they depend on the time of day, the one
 * outside the listed hours.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findProvider } from '@pydantic/genai-prices';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const contentFolder = join(root, 'src', 'content');

/** Parses `2026-11-22`; today when absent. */
function readDate(argument) {
  if (argument === undefined) return new Date().toISOString().slice(0, 10);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(argument) || Number.isNaN(Date.parse(argument))) {
    throw new Error(`"${argument}" is not a date like 2026-11-22`);
  }
  return argument;
}

function findModel(reference) {
  const slash = reference.indexOf('/');
  const provider = findProvider({ providerId: reference.slice(0, slash) });
  return provider?.models.find((model) => model.id === reference.slice(slash + 1));
}

/** Splits a model's price list into the part in force on `date` and the day of the next change, null if none is announced. */
function priceOn(model, date) {
  if (!Array.isArray(model.prices)) return { prices: model.prices, changesOn: null };
  const dated = model.prices
    .filter((price) => price.constraint === undefined || price.constraint.type === 'start_date')
    .map((price) => ({ from: price.constraint?.start_date ?? '', prices: price.prices }))
    .sort((a, b) => a.from.localeCompare(b.from));
  const current = dated.filter((price) => price.from <= date).at(-1) ?? model.prices[0];
  return { prices: current.prices, changesOn: dated.find((price) => price.from > date)?.from ?? null };
}

/** US dollars per million tokens, the base of a tiered price, or undefined. */
function baseRate(rate) {
  return typeof rate === 'object' ? rate.base : rate;
}

function priceRow(reference, date) {
  const model = findModel(reference);
  if (model === undefined) return { error: `${reference}: not in the library` };
  const { prices, changesOn } = priceOn(model, date);
  const input = baseRate(prices.input_mtok);
  const output = baseRate(prices.output_mtok);
  if (typeof input !== 'number' || typeof output !== 'number') return { error: `${reference}: no price per token` };
  return { row: { reference, input, output, changesOn } };
}

function main() {
  const date = readDate(process.argv[2]);
  const sources = JSON.parse(readFileSync(join(contentFolder, 'price-sources.json'), 'utf8'));
  const rows = Object.entries(sources).map(([id, reference]) => ({ id, ...priceRow(reference, date) }));
  const errors = rows.filter((row) => row.error !== undefined);
  if (errors.length > 0) {
    for (const { id, error } of errors) console.error(`${id}: ${error}`);
    process.exitCode = 1;
    return;
  }
  const { version } = createRequire(import.meta.url)(join(root, 'node_modules/@pydantic/genai-prices/package.json'));
  const generated = {
    library: '@pydantic/genai-prices',
    version,
    date,
    unit: 'US dollars per million tokens',
    prices: Object.fromEntries(rows.map(({ id, row }) => [id, row])),
  };
  writeFileSync(join(contentFolder, 'prices.generated.json'), `${JSON.stringify(generated, null, 2)}\n`);
  console.log(`${rows.length} prices of ${date} from ${generated.library} ${version}`);
}

main();
