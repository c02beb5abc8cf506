import type { PersonalCurve } from './new-user';
import type { UserRow } from './records';
import { bootstrapRatio, calibrationError, type Interval } from './statistics';

/** Mean utility of each person `[users]` at the fixed points of the scale. */
export interface Reference {
  readonly random: Float64Array;
  readonly oracle: Float64Array;
  readonly ceiling: Float64Array;
  readonly blind: Float64Array;
  readonly bestSingle: Float64Array;
}

export interface MethodCurve {
  readonly name: string;
  /** `[checkpoints][users]`; one checkpoint for a method that never learns. */
  readonly utilities: readonly Float64Array[];
}

const minus = (a: Float64Array, b: Float64Array, keep: (index: number) => boolean = () => true) =>
  a.map((value, index) => value - (b[index] ?? 0)).filter((_, index) => keep(index));

/** (U − U_random) / (U_oracle − U_random), 95 % paired bootstrap over people. */
export function captured(utilities: Float64Array, reference: Reference, random: () => number, keep?: (index: number) => boolean): Interval {
  return bootstrapRatio(minus(utilities, reference.random, keep), minus(reference.oracle, reference.random, keep), random);
}

/** (U − U_user-blind) / (U_ceiling − U_user-blind), 95 % paired bootstrap over people. */
export function headroom(utilities: Float64Array, reference: Reference, random: () => number, keep?: (index: number) => boolean): Interval {
  return bootstrapRatio(minus(utilities, reference.blind, keep), minus(reference.ceiling, reference.blind, keep), random);
}

export function ece(curve: PersonalCurve, picks: number): number {
  const relevant = curve.forecasts.filter((forecast) => forecast.picks === picks);
  return calibrationError(relevant.map(({ probability }) => probability), relevant.map(({ cameTrue }) => cameTrue));
}

const KINDS = ['linear', 'by_task', 'ideal_length'] as const;

/** Everything about one method, for the JSON report. */
export function curveRow(curve: MethodCurve, users: readonly UserRow[], reference: Reference, random: () => number): unknown {
  return {
    name: curve.name,
    captured: curve.utilities.map((utilities) => captured(utilities, reference, random)),
    headroom: curve.utilities.map((utilities) => headroom(utilities, reference, random)),
    headroomByKind: Object.fromEntries(KINDS.map((kind) => [kind, curve.utilities.map((utilities) => headroom(utilities, reference, random, (index) => users[index]?.kind === kind))])),
  };
}

const percent = ({ mean, low, high }: Interval) => `${(100 * mean).toFixed(0)} [${(100 * low).toFixed(0)}, ${(100 * high).toFixed(0)}]`;
const three = ({ mean, low, high }: Interval) => `${mean.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`;

/** The table a person reads: captured reward and share of personal headroom with 95 % intervals, then headroom by kind of person. */
export function table(
  personal: readonly MethodCurve[],
  blind: readonly MethodCurve[],
  users: readonly UserRow[],
  reference: Reference,
  checkpoints: readonly number[],
  random: () => number,
): string {
  const lines = [`${'method'.padEnd(28)} picks  captured                  headroom %         ${KINDS.map((kind) => kind.padEnd(18)).join(' ')}`];
  const row = (name: string, picks: string, utilities: Float64Array) => {
    const kinds = KINDS.map((kind) => percent(headroom(utilities, reference, random, (index) => users[index]?.kind === kind)).padEnd(18));
    lines.push(`${name.padEnd(28)} ${picks.padStart(5)}  ${three(captured(utilities, reference, random)).padEnd(24)}  ${percent(headroom(utilities, reference, random)).padEnd(17)}  ${kinds.join(' ')}`);
  };
  for (const { name, utilities } of blind) row(name, '–', utilities[0]!);
  row('own best single (hindsight)', '–', reference.bestSingle);
  for (const { name, utilities } of personal) utilities.forEach((level, index) => row(name, String(checkpoints[index]), level));
  return lines.join('\n');
}
