import type { PersonalMethod, PersonalSession } from '../personal-method';
import { randomFor } from '../random';
import { argmaxRow } from '../world';
import { EdgeNetwork, type SeenPick } from './edge-network';
import type { TaskData } from './task-data';

/** PersonalizedRouter (arXiv 2511.16883) as the paper describes it, with a user node that works: see EdgeNetwork. It has no policy for what to show. */
export class NetworkPeople implements PersonalMethod {
  private readonly network: EdgeNetwork;

  constructor(readonly name: string, data: TaskData, private readonly seed: number) {
    this.network = new EdgeNetwork(data, { graph: true, user: true }, randomFor(seed, name));
  }

  begin(person: number): PersonalSession {
    return new NetworkPerson(this.network, randomFor(this.seed, `${this.name} ${person}`));
  }
}

class NetworkPerson implements PersonalSession {
  private readonly picks: SeenPick[] = [];

  constructor(
    private readonly network: EdgeNetwork,
    private readonly random: () => number,
  ) {}

  /** Its favourite against any other. */
  duel(prompt: number): Promise<readonly [number, number]> {
    const scores = this.network.scores([prompt], this.picks);
    const best = argmaxRow(scores, 0, scores.length);
    return Promise.resolve([best, (best + 1 + Math.floor(this.random() * (scores.length - 1))) % scores.length]);
  }

  observe({ chosen, rejected }: { prompt: number; chosen: number; rejected: number }): Promise<void> {
    this.picks.push({ chosen, rejected });
    return Promise.resolve();
  }

  scores(prompts: readonly number[]): Promise<Float64Array> {
    return Promise.resolve(this.network.scores(prompts, this.picks));
  }

  pickProbability(): Promise<null> {
    return Promise.resolve(null);
  }
}
