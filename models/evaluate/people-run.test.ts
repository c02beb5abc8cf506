import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { measureResponse, responseAxes } from '../../src/core/axes';
import type { RealChoice } from './people-data';
import { TacitForecaster } from './people-run';
import { openWorkbench, type Workbench } from './workbench';

let folder: string;
let bench: Workbench;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'people-'));
  bench = await openWorkbench(folder, join(import.meta.dirname, '..'));
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

it('nameless responses: which of them was chosen shows in nothing but the responses', async () => {
  const axes = (text: string) => responseAxes(measureResponse(text), null, bench.artifacts.fingerprints.axisConstants);
  const short = axes('Cross the ends and pull.');
  const long = axes('There are several sides to this. First, take the rope. Second, cross the ends. Third, pull until it holds. Then look at it from above.');
  const choice = (unit: string, chosen: readonly number[], rejected: readonly number[]): RealChoice => ({ person: 'p', unit, prompt: `How do I tie knot ${unit}?`, chosenLlm: null, rejectedLlm: null, chosen, rejected });
  const [told, asked, reversed, level] = [choice('1', long, short), choice('2', long, short), choice('2', short, long), choice('2', short, short)];
  const forecaster = await TacitForecaster.open(bench, { name: 'knots', choices: [told, asked], llms: [] });
  const [p, q, even] = await forecaster.forecast([told], [asked, reversed, level]) as [number, number, number];
  expect(p).toBeGreaterThan(0.5);
  expect(p + q).toBeCloseTo(1, 9);
  expect(even).toBeCloseTo(0.5, 9);
}, 60_000);
