import { AXIS_COUNT, AXIS_NAMES, axisIndex } from '../../src/core/dimensions';
import type { AxisConstants } from '../../src/core/manifest';
import { TRAITS, type Cell, type Scales } from './benchmark';
import type { Seen } from './simulated-user';

const [LENGTH, LENGTH_FIT, CODE, ECONOMY] = [axisIndex('length'), axisIndex('length_fit'), axisIndex('code'), axisIndex('economy')];
/** The traits that are axes under the same name; brevity is length with its sign turned. */
const NAMED_TRAITS = TRAITS.flatMap((name, trait) => {
  const axis = AXIS_NAMES.findIndex((axisName) => axisName === name);
  return axis < 0 ? [] : [{ trait, axis }];
});

/**
 * The axes use the constants exported with the model, the traits those of the data folder; both directions go through raw values.
 * `[12]` measured standardised axes of a real response; quality is not measurable and left at 0. */
export function measuredAxes(cell: Cell, constants: AxisConstants, scales: Scales): number[] {
  const raw = new Array<number>(AXIS_COUNT).fill(0);
  raw[LENGTH] = Math.log1p(cell.words);
  raw[CODE] = cell.measures.code_frac ?? 0;
  raw[ECONOMY] = -cell.cost;
  for (const { trait, axis } of NAMED_TRAITS) raw[axis] = (cell.traits[trait] ?? 0) * (scales.deviation[trait] ?? 1) + (scales.mean[trait] ?? 0);
  const axes = raw.map((value, axis) => (value - (constants.mean[axis] ?? 0)) / (constants.sd[axis] ?? 1));
  const squared = -((axes[LENGTH] ?? 0) ** 2);
  axes[LENGTH_FIT] = (squared - (constants.mean[LENGTH_FIT] ?? 0)) / (constants.sd[LENGTH_FIT] ?? 1);
  axes[axisIndex('quality')] = 0;
  return axes;
}

/** The response that predicted axes describe, as a simulated user would see it. */
export function predictedResponse(axes: ArrayLike<number>, constants: AxisConstants, scales: Scales): Seen & { readonly squaredLnWords: number } {
  const raw = (axis: number) => (axes[axis] ?? 0) * (constants.sd[axis] ?? 1) + (constants.mean[axis] ?? 0);
  const traits = new Float64Array(TRAITS.length);
  for (const { trait, axis } of NAMED_TRAITS) traits[trait] = (raw(axis) - (scales.mean[trait] ?? 0)) / (scales.deviation[trait] ?? 1);
  traits[TRAITS.indexOf('brevity')] = (-raw(LENGTH) - (scales.mean[0] ?? 0)) / (scales.deviation[0] ?? 1);
  const lnWords = raw(LENGTH);
  const standardSquare = -raw(LENGTH_FIT);
  const [centre, deviation] = [constants.mean[LENGTH] ?? 0, constants.sd[LENGTH] ?? 1];
  // E[(ln w)²] from E[((ln w − c)/d)²] and E[ln w].
  const squaredLnWords = standardSquare * deviation ** 2 + 2 * centre * lnWords - centre ** 2;
  return { winRate: raw(axisIndex('quality')), cost: -raw(ECONOMY), traits, words: Math.max(0, Math.expm1(lnWords)), squaredLnWords };
}
