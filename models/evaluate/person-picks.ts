import type { Candidate } from '../../src/core/routing';
import { createNormal, randomFor, shuffled } from './random';
import { picksFirst } from './simulated-user';
import { TacitMethod, type TacitPerson } from './tacit-method';
import type { Workbench } from './workbench';
import { trueUtilities, type Fold, type World } from './world';

/** People of a world with some picks already made, on the shipped router. */
export class PersonPicks {
  private constructor(
    private readonly world: World,
    private readonly method: TacitMethod,
    private readonly seed: number,
  ) {}

  static async open(bench: Workbench, world: World, seed: number, candidates?: readonly Candidate[]): Promise<PersonPicks> {
    return new PersonPicks(world, new TacitMethod('Tacit', world, bench.artifacts, await bench.prompts(), candidates ?? (await bench.candidates(world)), new Set()), seed);
  }

  blindScores(prompts: readonly number[]): Promise<Float64Array> {
    return this.method.begin().scores(prompts);
  }

  async after(person: number, fold: Fold, picks: number): Promise<TacitPerson> {
    const session = this.method.begin();
    const user = this.world.users[person]!;
    const normal = createNormal(randomFor(this.seed, `picks noise ${person}`));
    for (const prompt of shuffled(fold.pickPrompts, randomFor(this.seed, `picks ${person}`)).slice(0, picks)) {
      const [first, second] = await session.duel(prompt);
      const truth = trueUtilities(this.world, user, [prompt]);
      const firstWins = picksFirst(user, truth[first]!, truth[second]!, normal);
      await session.observe(firstWins ? { prompt, chosen: first, rejected: second } : { prompt, chosen: second, rejected: first });
    }
    return session;
  }
}
