import { createNormal, randomFor, shuffled } from './random';
import { picksFirst } from './simulated-user';
import type { PersonalMethod, PersonalSession } from './personal-method';
import { realised, trueUtilities, type Fold, type World } from './world';

export interface PickForecast {
  readonly picks: number;
  readonly probability: number;
  readonly cameTrue: boolean;
}

export interface PersonalCurve {
  readonly name: string;
  /** `[checkpoints][users]` mean true utility of the routed responses. */
  readonly utilities: readonly Float64Array[];
  readonly forecasts: readonly PickForecast[];
}

export interface NewUserOptions {
  readonly checkpoints: readonly number[];
  readonly seed: number;
  /** Share of picks that are thrown away for a coin toss. */
  readonly noiseShare: number;
  readonly report: (done: number, total: number) => void;
}

/**
 * A new person arrives without history. Prompts of the fold's first half come in random order; for each the method shows two real
 * responses and the simulated person picks one. At every checkpoint the method routes all prompts of the other half.
 */
export async function runNewUser(world: World, method: PersonalMethod, options: NewUserOptions): Promise<PersonalCurve> {
  const utilities = options.checkpoints.map(() => new Float64Array(world.users.length));
  const forecasts: PickForecast[] = [];
  for (let person = 0; person < world.users.length; person++) {
    for (const [foldNumber, fold] of world.folds.entries()) {
      const run = new PersonRun(world, person, fold, options, `${method.name} ${person} ${foldNumber}`);
      const curve = await run.follow(method.begin(person, fold), forecasts);
      curve.forEach((value, checkpoint) => {
        const row = utilities[checkpoint]!;
        row[person] = (row[person] ?? 0) + value / world.folds.length;
      });
    }
    options.report(person + 1, world.users.length);
  }
  return { name: method.name, utilities, forecasts };
}

class PersonRun {
  private readonly random: () => number;
  private readonly normal: () => number;

  constructor(
    private readonly world: World,
    private readonly person: number,
    private readonly fold: Fold,
    private readonly options: NewUserOptions,
    label: string,
  ) {
    this.random = randomFor(options.seed, label);
    this.normal = createNormal(this.random);
  }

  async follow(session: PersonalSession, forecasts: PickForecast[]): Promise<number[]> {
    const { checkpoints } = this.options;
    const width = this.world.llms.length;
    const user = this.world.users[this.person]!;
    const truth = trueUtilities(this.world, user, this.fold.scorePrompts);
    const prompts = this.promptStream(checkpoints.at(-1) ?? 0);
    const curve: number[] = [];
    for (let picks = 0; ; picks++) {
      if (checkpoints.includes(picks)) {
        curve.push(realised(truth, await session.scores(this.fold.scorePrompts), width));
        await this.forecast(session, truth, picks, forecasts);
      }
      const prompt = prompts[picks];
      if (prompt === undefined) return curve;
      await this.pick(session, prompt);
    }
  }

  private promptStream(length: number): number[] {
    const stream: number[] = [];
    while (stream.length < length) stream.push(...shuffled(this.fold.pickPrompts, this.random));
    return stream.slice(0, length);
  }

  private async pick(session: PersonalSession, prompt: number): Promise<void> {
    const user = this.world.users[this.person]!;
    const [first, second] = await session.duel(prompt);
    const truth = trueUtilities(this.world, user, [prompt]);
    const coin = this.random() < this.options.noiseShare;
    const firstWins = coin ? this.random() < 0.5 : picksFirst(user, truth[first] ?? 0, truth[second] ?? 0, this.normal);
    await session.observe(firstWins ? { prompt, chosen: first, rejected: second } : { prompt, chosen: second, rejected: first });
  }

  /** What would this person pick between two random responses to a prompt not seen yet? */
  private async forecast(session: PersonalSession, truth: Float64Array, picks: number, forecasts: PickForecast[]): Promise<void> {
    const width = this.world.llms.length;
    const user = this.world.users[this.person]!;
    for (let draw = 0; draw < 3; draw++) {
      const row = Math.floor(this.random() * this.fold.scorePrompts.length);
      const first = Math.floor(this.random() * width);
      const second = (first + 1 + Math.floor(this.random() * (width - 1))) % width;
      const probability = await session.pickProbability(this.fold.scorePrompts[row]!, first, second);
      if (probability === null) return;
      const cameTrue = picksFirst(user, truth[row * width + first] ?? 0, truth[row * width + second] ?? 0, this.normal);
      forecasts.push({ picks, probability, cameTrue });
    }
  }
}
