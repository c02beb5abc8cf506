import { NEUTRAL_UTILITY } from '../../src/core/routing';
import type { PersonalMethod, PersonalSession } from './personal-method';
import { createNormal, randomFor, shuffled } from './random';
import type { UserRow } from './records';
import { flipped, picksFirst } from './simulated-user';
import { argmaxRow, trueUtilities, type Fold, type World } from './world';

/** What happens to a person. */
export interface Script {
  /** Numbers of picks after which every prompt of the fold's scoring part is routed. */
  readonly checkpoints: readonly number[];
  readonly seed: number;
  /** Share of picks that are thrown away for a coin toss. */
  readonly noiseShare?: number;
  /** The method chooses what is shown, or chance does. */
  readonly duels?: 'active' | 'random';
  /** Everyday use: most prompts get one answer, and the method says which of a day's prompts are worth a comparison. Absent: every prompt is one. */
  readonly everyday?: boolean;
  /** From this pick on the person's taste is the opposite. */
  readonly flipAt?: number | null;
  /** At this checkpoint the prompts are also routed under every explicit wish of `ECONOMY_WISHES`. */
  readonly frontierAt?: number;
}

/** Pairs a person's picks are forecast on at every checkpoint: fewer make the calibration error noise. */
const FORECASTS = 12;

/** A day: the app's own limit of comparisons, and four prompts for each. */
const PROMPTS_PER_DAY = 24;
const COMPARISONS_PER_DAY = 6;

/** Slider settings from "whatever it costs" to "cheap above all". */
export const ECONOMY_WISHES: readonly number[] = [-0.5, -0.2, 0, 0.05, 0.1, 0.2, 0.4, 0.7, 1];

export interface PickForecast {
  readonly picks: number;
  readonly probability: number;
  readonly cameTrue: boolean;
}

/** `[checkpoints][people]`, means over the scored prompts. */
export interface PersonalCurve {
  readonly name: string;
  /** True utility of the routed responses. */
  readonly utilities: readonly Float64Array[];
  /** Share of prompts on which the person's own favourite was routed. */
  readonly top1: readonly Float64Array[];
  /** US dollars of the routed responses. */
  readonly costUsd: readonly Float64Array[];
  /** Prompts that were sent until then. */
  readonly sent: readonly Float64Array[];
  readonly forecasts: readonly PickForecast[];
  /** `[wishes][people]`; empty where not asked for. */
  readonly frontier: readonly { readonly utilities: Float64Array; readonly costUsd: Float64Array }[];
}

export interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * Each person arrives without history. Prompts of the fold's pick part come in random order; for each the method (or chance) shows two real
 * responses and the simulated person picks one. At every checkpoint the method routes all prompts of the scoring part.
 * All methods meet the same prompts and the same luck.
 */
export async function runPersons(world: World, method: PersonalMethod, script: Script, range: Range, report: (done: number) => void): Promise<PersonalCurve> {
  const blank = () => script.checkpoints.map(() => new Float64Array(range.to - range.from));
  const frontier = script.frontierAt === undefined ? [] : ECONOMY_WISHES.map(() => ({ utilities: new Float64Array(range.to - range.from), costUsd: new Float64Array(range.to - range.from) }));
  const curve = { name: method.name, utilities: blank(), top1: blank(), costUsd: blank(), sent: blank(), forecasts: [] as PickForecast[], frontier };
  const share = 1 / world.folds.length;
  for (let person = range.from; person < range.to; person++) {
    for (const [foldNumber, fold] of world.folds.entries()) {
      const run = new PersonRun(world, person, fold, script, `${person} ${foldNumber}`);
      const add = (row: Float64Array, value: number) => (row[person - range.from]! += value * share);
      const points = await run.follow(method.begin(person, fold), curve.forecasts, (wish, point) => {
        add(frontier[wish]!.utilities, point.utility);
        add(frontier[wish]!.costUsd, point.costUsd);
      });
      points.forEach((point, checkpoint) => {
        add(curve.utilities[checkpoint]!, point.utility);
        add(curve.top1[checkpoint]!, point.top1);
        add(curve.costUsd[checkpoint]!, point.costUsd);
        add(curve.sent[checkpoint]!, run.sentUntil[checkpoint]!);
      });
    }
    report(person + 1 - range.from);
  }
  return curve;
}

export interface Point {
  readonly utility: number;
  readonly top1: number;
  readonly costUsd: number;
}

/** What routing every prompt to the argmax of `scores` is worth to a person whose utilities are `truth`. */
export function pointOf(world: World, prompts: readonly number[], truth: Float64Array, scores: ArrayLike<number>): Point {
  const width = world.llms.length;
  let [utility, top1, costUsd] = [0, 0, 0];
  prompts.forEach((prompt, row) => {
    const column = argmaxRow(scores, row, width);
    utility += truth[row * width + column]!;
    costUsd += world.cells.costUsd[prompt * width + column]!;
    if (column === argmaxRow(truth, row, width)) top1 += 1;
  });
  return { utility: utility / prompts.length, top1: top1 / prompts.length, costUsd: costUsd / prompts.length };
}

class PersonRun {
  private readonly random: () => number;
  private readonly normal: () => number;
  /** Forecasts draw from a stream of their own, so that more checkpoints do not change the picks. */
  private readonly forecastRandom: () => number;
  private readonly user: UserRow;
  /** Prompts so far, and comparisons today. */
  private sent = 0;
  private asked = 0;
  /** `[checkpoints]` */
  readonly sentUntil: number[] = [];

  constructor(
    private readonly world: World,
    person: number,
    private readonly fold: Fold,
    private readonly script: Script,
    label: string,
  ) {
    this.random = randomFor(script.seed, `person ${label}`);
    this.normal = createNormal(randomFor(script.seed, `noise ${label}`));
    this.forecastRandom = randomFor(script.seed, `forecast ${label}`);
    this.user = world.users[person]!;
  }

  /** The person's taste when `picks` were made. */
  private taste(picks: number): UserRow {
    const { flipAt } = this.script;
    return flipAt !== null && flipAt !== undefined && picks >= flipAt ? flipped(this.user) : this.user;
  }

  /** Scored after `picks`: the taste of the last pick, so that the checkpoint at the flip still shows the score before it. */
  private tasteScored(picks: number): UserRow {
    return this.taste(picks - 1);
  }

  async follow(session: PersonalSession, forecasts: PickForecast[], onWish: (wish: number, point: Point) => void): Promise<Point[]> {
    const { checkpoints, frontierAt } = this.script;
    const prompts = this.promptStream();
    const curve: Point[] = [];
    for (let picks = 0; ; picks++) {
      if (checkpoints.includes(picks)) {
        const truth = trueUtilities(this.world, this.tasteScored(picks), this.fold.scorePrompts);
        curve.push(pointOf(this.world, this.fold.scorePrompts, truth, await session.scores(this.fold.scorePrompts)));
        this.sentUntil.push(this.sent);
        await this.forecast(session, truth, picks, forecasts);
        if (picks === frontierAt) await this.walkFrontier(session, truth, onWish);
      }
      if (curve.length === checkpoints.length || this.fold.pickPrompts.length === 0) return curve;
      await this.nextPick(session, prompts, this.taste(picks));
    }
  }

  /** In everyday use prompts go by until the method asks; else it is asked about every one. */
  private async nextPick(session: PersonalSession, prompts: Generator<number, never>, user: UserRow): Promise<void> {
    for (;;) {
      const prompt = prompts.next().value;
      const shown = await this.shown(session, prompt);
      if (shown.length === 2) return this.pick(session, prompt, shown, user);
      await session.answered?.(prompt, shown[0]!);
    }
  }

  private async shown(session: PersonalSession, prompt: number): Promise<readonly number[]> {
    const chance = twoOf(this.world.llms.length, this.random);
    if (this.sent % PROMPTS_PER_DAY === 0) this.asked = 0;
    this.sent += 1;
    if (this.script.duels === 'random') return chance;
    if (!this.script.everyday || !session.shown) return session.duel(prompt);
    const shown = await session.shown(prompt, COMPARISONS_PER_DAY - this.asked);
    if (shown.length === 2) this.asked += 1;
    return shown;
  }

  private async walkFrontier(session: PersonalSession, truth: Float64Array, onWish: (wish: number, point: Point) => void): Promise<void> {
    for (const [wish, economy] of ECONOMY_WISHES.entries()) {
      const scores = await session.scores(this.fold.scorePrompts, { ...NEUTRAL_UTILITY, economy });
      onWish(wish, pointOf(this.world, this.fold.scorePrompts, truth, scores));
    }
  }

  private *promptStream(): Generator<number, never> {
    for (;;) yield* shuffled(this.fold.pickPrompts, this.random);
  }

  private async pick(session: PersonalSession, prompt: number, shown: readonly number[], user: UserRow): Promise<void> {
    const [coin, side] = [this.random(), this.random()];
    const [first, second] = [shown[0]!, shown[1]!];
    const truth = trueUtilities(this.world, user, [prompt]);
    const byTaste = picksFirst(user, truth[first]!, truth[second]!, this.normal);
    const firstWins = coin < (this.script.noiseShare ?? 0) ? side < 0.5 : byTaste;
    await session.observe(firstWins ? { prompt, chosen: first, rejected: second } : { prompt, chosen: second, rejected: first });
  }

  /** What would this person pick between two random responses to a prompt not seen yet? */
  private async forecast(session: PersonalSession, truth: Float64Array, picks: number, forecasts: PickForecast[]): Promise<void> {
    const width = this.world.llms.length;
    for (let draw = 0; draw < FORECASTS; draw++) {
      const row = Math.floor(this.forecastRandom() * this.fold.scorePrompts.length);
      const [first, second] = twoOf(width, this.forecastRandom);
      const normal = createNormal(this.forecastRandom);
      const cameTrue = picksFirst(this.tasteScored(picks), truth[row * width + first]!, truth[row * width + second]!, normal);
      const probability = await session.pickProbability(this.fold.scorePrompts[row]!, first, second);
      if (probability !== null) forecasts.push({ picks, probability, cameTrue });
    }
  }
}

export function twoOf(width: number, random: () => number): readonly [number, number] {
  const first = Math.floor(random() * width);
  const second = (first + 1 + Math.floor(random() * (width - 1))) % width;
  return [first, second];
}
