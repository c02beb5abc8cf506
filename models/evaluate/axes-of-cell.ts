import { responseAxes, type ResponseMeasures } from '../../src/core/axes';
import { AXIS_NAMES, axisIndex } from '../../src/core/dimensions';
import type { AxisConstants } from '../../src/core/manifest';
import { TRAITS, type Measures, type Scales } from './benchmark';
import type { Seen } from './simulated-user';

const [LENGTH, LENGTH_FIT, ECONOMY] = [axisIndex('length'), axisIndex('length_fit'), axisIndex('economy')];
/** The traits that are axes under the same name; brevity is length with its sign turned. */
const NAMED_TRAITS = TRAITS.flatMap((name, trait) => {
  const axis = AXIS_NAMES.findIndex((axisName) => axisName === name);
  return axis < 0 ? [] : [{ trait, axis }];
});

/** A row of counts from a data folder as the app's own measures of a response. */
export function responseMeasures(row: Measures): ResponseMeasures {
  const at = (name: string) => row[name] ?? 0;
  return {
    words: at('words'), sentences: at('sentences'), headers: at('headers'), bullets: at('bullets'), numbered: at('numbered'), bold: at('bold'),
    flesch: at('flesch'), warmth: at('warmth'), exclaims: at('exclaims'), steps: at('steps'), equations: at('equations'), citations: at('citations'),
    hedges: at('hedges'), disclaimers: at('disclaimers'), examples: at('examples'), askBack: at('ask_back'), endsQuestion: at('ends_question'),
    codeFraction: at('code_frac'),
  };
}

/** `[12]` measured standardised axes of a real response, as the app takes them; quality is not measurable and left at 0. */
export function measuredAxes(cell: { readonly measures: Measures; readonly costUsd: number | null }, constants: AxisConstants): number[] {
  return responseAxes(responseMeasures(cell.measures), cell.costUsd, constants);
}

/**
 * The response that predicted axes describe, as a simulated user would see it. The axes use the constants exported with the model, the
 * traits and the cost those of the data folder; both directions go through raw values.
 */
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
  return { winRate: raw(axisIndex('quality')), cost: rescaledCost(-raw(ECONOMY), constants, scales), traits, words: Math.max(0, Math.expm1(lnWords)), squaredLnWords };
}

/** The model's cost index on the data folder's scale: both are linear in ln cost. */
function rescaledCost(index: number, { costP1Usd, costP99Usd }: AxisConstants, { costLow, costHigh }: Scales): number {
  const lnCost = Math.log(costP1Usd) + index * Math.log(costP99Usd / costP1Usd);
  return (lnCost - Math.log(costLow)) / Math.log(costHigh / costLow);
}
