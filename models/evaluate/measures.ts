import type { PersonalCurve } from './person-run';
import type { Reference } from './levels';
import type { UserRow } from './records';
import { bootstrapRatio, calibrationError, mean, type Interval } from './statistics';

/** One method at one number of picks, by person. */
export interface Result {
  readonly name: string;
  /** Null for a method that never learns. */
  readonly picks: number | null;
  readonly utilities: Float64Array;
  readonly top1?: Float64Array | undefined;
  readonly costUsd?: Float64Array | undefined;
}

/** Everything that is said about it, for the table and for the JSON file. */
export interface Row {
  readonly name: string;
  readonly picks: number | null;
  readonly utility: number;
  readonly captured: Interval;
  /** Null where ceiling and user-blind do not differ enough for the ratio to mean something. */
  readonly headroom: Interval | null;
  readonly capturedByKind: Readonly<Record<string, Interval>>;
  readonly headroomByKind: Readonly<Record<string, Interval | null>>;
  /** Gain over the user-blind router in captured reward. */
  readonly gainOverBlind: Interval;
  /** Gain over the person's own best single LLM in captured reward. */
  readonly gainOverBestSingle: Interval;
  /** Mean captured of the tenth of people with the least, and of the tenth that lose most against user-blind their mean gain. */
  readonly worstDecile: number;
  readonly worstDecileGain: number;
  /** People whose mean utility is above, within 0.005 of, and below that of their own best single LLM. */
  readonly winTieLoss: readonly [number, number, number];
  readonly top1: number | null;
  readonly costUsd: number | null;
}

const TIE = 0.005;
/** Least mean difference of ceiling and user-blind, as a share of oracle minus random, for headroom to be a meaningful ratio. */
const LEAST_HEADROOM = 0.01;

const minus = (a: Float64Array, b: Float64Array, keep: (index: number) => boolean = () => true) =>
  a.map((value, index) => value - (b[index] ?? 0)).filter((_, index) => keep(index));

/** (U − U_random) / (U_oracle − U_random), 95 % paired bootstrap over people. */
export function captured(utilities: Float64Array, reference: Reference, random: () => number, keep?: (index: number) => boolean): Interval {
  return bootstrapRatio(minus(utilities, reference.random, keep), minus(reference.oracle, reference.random, keep), random);
}

/** (U − U_user-blind) / (U_ceiling − U_user-blind), 95 % paired bootstrap over people. */
export function headroom(utilities: Float64Array, reference: Reference, random: () => number, keep?: (index: number) => boolean): Interval | null {
  const room = minus(reference.ceiling, reference.blind, keep);
  if (room.length === 0 || mean(room) < LEAST_HEADROOM * mean(minus(reference.oracle, reference.random, keep))) return null;
  return bootstrapRatio(minus(utilities, reference.blind, keep), room, random);
}

/** (U − U_other) / (U_oracle − U_random). */
export function gain(utilities: Float64Array, other: Float64Array, reference: Reference, random: () => number): Interval {
  return bootstrapRatio(minus(utilities, other), minus(reference.oracle, reference.random), random);
}

export function measure(result: Result, users: readonly UserRow[], reference: Reference, random: () => number): Row {
  const { utilities } = result;
  const kinds = [...new Set(users.map(({ kind }) => kind))].sort();
  const byKind = <Value>(of: (keep: (index: number) => boolean) => Value) => Object.fromEntries(kinds.map((kind) => [kind, of((index) => users[index]?.kind === kind)]));
  return {
    name: result.name,
    picks: result.picks,
    utility: mean(utilities),
    captured: captured(utilities, reference, random),
    headroom: headroom(utilities, reference, random),
    capturedByKind: byKind((keep) => captured(utilities, reference, random, keep)),
    headroomByKind: byKind((keep) => headroom(utilities, reference, random, keep)),
    gainOverBlind: gain(utilities, reference.blind, reference, random),
    gainOverBestSingle: gain(utilities, reference.bestSingle, reference, random),
    worstDecile: worstTenth(perPerson(utilities, reference.random, reference)),
    worstDecileGain: worstTenth(perPerson(utilities, reference.blind, reference)),
    winTieLoss: winTieLoss(utilities, reference.bestSingle),
    top1: result.top1 ? mean(result.top1) : null,
    costUsd: result.costUsd ? mean(result.costUsd) : null,
  };
}

/** Each person's difference on the scale of that person's own oracle. */
function perPerson(utilities: Float64Array, other: Float64Array, { oracle, random }: Reference): Float64Array {
  return utilities.map((value, index) => (value - other[index]!) / Math.max(1e-9, oracle[index]! - random[index]!));
}

export function worstTenth(values: Float64Array): number {
  const sorted = Float64Array.from(values).sort();
  return mean(sorted.subarray(0, Math.max(1, Math.round(sorted.length / 10))));
}

function winTieLoss(utilities: Float64Array, other: Float64Array): [number, number, number] {
  const counts: [number, number, number] = [0, 0, 0];
  utilities.forEach((value, index) => {
    const difference = value - other[index]!;
    counts[difference > TIE ? 0 : difference < -TIE ? 2 : 1] += 1;
  });
  return counts;
}

export interface Calibration {
  readonly picks: number;
  readonly ece: number;
  /** Share of forecasts on the right side. */
  readonly accuracy: number;
  readonly forecasts: number;
}

export function calibration(curve: PersonalCurve, checkpoints: readonly number[]): Calibration[] {
  return checkpoints.flatMap((picks) => {
    const relevant = curve.forecasts.filter((forecast) => forecast.picks === picks);
    if (relevant.length === 0) return [];
    const ece = calibrationError(relevant.map(({ probability }) => probability), relevant.map(({ cameTrue }) => cameTrue));
    const right = relevant.filter(({ probability, cameTrue }) => probability > 0.5 === cameTrue).length;
    return [{ picks, ece, accuracy: right / relevant.length, forecasts: relevant.length }];
  });
}

/** Least number of picks, interpolated between checkpoints, after which the mean stays at or above `level`; null when it is not reached. */
export function picksToReach(level: number, checkpoints: readonly number[], means: readonly number[]): number | null {
  for (let index = 0; index < means.length; index++) {
    if (means[index]! < level) continue;
    const before = index === 0 ? null : means[index - 1]!;
    if (before === null) return checkpoints[0]!;
    const share = (level - before) / (means[index]! - before);
    return checkpoints[index - 1]! + share * (checkpoints[index]! - checkpoints[index - 1]!);
  }
  return null;
}

/** 1 − cost ÷ cost of user-blind, where the frontier of explicit wishes for economy has the user-blind router's mean utility; null where it does not reach it. */
export function costSavedAtEqualUtility(curve: PersonalCurve, reference: Reference, random: () => number): Interval | null {
  if (curve.frontier.length === 0) return null;
  const saved = (people: readonly number[]) => {
    const over = (values: Float64Array) => people.reduce((sum, person) => sum + values[person]!, 0) / people.length;
    const points = curve.frontier.map(({ utilities, costUsd }) => ({ utility: over(utilities), cost: over(costUsd) }));
    return 1 - cheapestAt(over(reference.blind), points) / over(reference.blindCostUsd);
  };
  const everybody = Array.from(reference.blind, (_, person) => person);
  const draws = Float64Array.from({ length: 500 }, () => saved(everybody.map(() => Math.floor(random() * everybody.length)))).sort();
  const overall = saved(everybody);
  return Number.isFinite(overall) ? { mean: overall, low: Math.max(draws[12]!, -1e3), high: draws[487]! } : null;
}

/** Least cost at which a point of the frontier, or the line between two neighbours, has this utility; infinite when none has. */
function cheapestAt(level: number, points: readonly { readonly utility: number; readonly cost: number }[]): number {
  let least = Infinity;
  points.forEach((point, index) => {
    if (point.utility >= level) least = Math.min(least, point.cost);
    const next = points[index + 1];
    if (!next || (point.utility - level) * (next.utility - level) >= 0) return;
    least = Math.min(least, point.cost + ((level - point.utility) / (next.utility - point.utility)) * (next.cost - point.cost));
  });
  return least;
}

function concat(parts: readonly Float64Array[]): Float64Array {
  return Float64Array.from(parts.flatMap((part) => Array.from(part)));
}

/** One curve from those of consecutive groups of people. */
export function joinPeople(parts: readonly PersonalCurve[]): PersonalCurve {
  const first = parts[0]!;
  const join = (of: (part: PersonalCurve) => readonly Float64Array[]) => of(first).map((_, index) => concat(parts.map((part) => of(part)[index]!)));
  return {
    name: first.name,
    utilities: join((part) => part.utilities),
    top1: join((part) => part.top1),
    sent: join((part) => part.sent),
    costUsd: join((part) => part.costUsd),
    forecasts: parts.flatMap((part) => part.forecasts),
    frontier: first.frontier.map((_, wish) => ({
      utilities: concat(parts.map((part) => part.frontier[wish]!.utilities)),
      costUsd: concat(parts.map((part) => part.frontier[wish]!.costUsd)),
    })),
  };
}

/** The mean of several seeds, person by person. */
export function averageSeeds(curves: readonly PersonalCurve[]): PersonalCurve {
  const first = curves[0]!;
  const average = (rows: readonly Float64Array[]) => rows[0]!.map((_, person) => rows.reduce((sum, row) => sum + row[person]!, 0) / rows.length);
  const over = (of: (curve: PersonalCurve) => readonly Float64Array[]) => of(first).map((_, index) => average(curves.map((curve) => of(curve)[index]!)));
  return {
    name: first.name,
    utilities: over((curve) => curve.utilities),
    top1: over((curve) => curve.top1),
    sent: over((curve) => curve.sent),
    costUsd: over((curve) => curve.costUsd),
    forecasts: curves.flatMap((curve) => curve.forecasts),
    frontier: first.frontier.map((_, wish) => ({
      utilities: average(curves.map((curve) => curve.frontier[wish]!.utilities)),
      costUsd: average(curves.map((curve) => curve.frontier[wish]!.costUsd)),
    })),
  };
}
