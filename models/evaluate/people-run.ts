import { featuresOfRow } from '../../src/core/decide';
import { AXIS_COUNT, EMBEDDING_SIZE, axisIndex } from '../../src/core/dimensions';
import { winProbability } from '../../src/core/policy';
import type { Candidate, ModelCard } from '../../src/core/routing';
import { unknownCard } from '../../src/core/routing';
import { sigmoid } from '../../src/core/likelihood';
import type { Ablation } from './ablation';
import { LinearBelief, dotOf } from './baselines/linear-belief';
import { modelCard } from './model-card';
import { readExpertVotes, readPrism, type PeopleSource, type RealChoice } from './people-data';
import { randomFor, shuffled } from './random';
import { TacitSession } from './tacit-session';
import { tacitSetting, type TacitSetting } from './tacit-setting';
import type { Workbench } from './workbench';

export interface PeopleJobOptions {
  readonly source: 'mtbench' | 'prism';
  /** Numbers of known choices. */
  readonly known: readonly number[];
  readonly people: number;
  readonly seed: number;
}

/** Per person: number of choices forecast, sum of their log losses and number right, of one method with so many known choices. */
export interface PeopleResult {
  readonly name: string;
  readonly known: number;
  readonly choices: Float64Array;
  readonly loss: Float64Array;
  readonly right: Float64Array;
}

const ANONYMOUS: ModelCard = { ...unknownCard('anonymous', 'anonymous'), description: 'A large language model.' };
const FOLDS = 5;
const QUALITY = axisIndex('quality');

/** The people of a source, but for those whose votes the router was trained on; null when the folder has none. */
export function readPeople({ artifacts, dataFolder }: Workbench, source: PeopleJobOptions['source']): PeopleSource | null {
  const { fingerprints, voters } = artifacts;
  const read = source === 'mtbench' ? readExpertVotes(dataFolder, fingerprints.axisConstants) : readPrism(dataFolder, fingerprints.axisConstants);
  return read && { ...read, choices: read.choices.filter(({ person }) => !voters.has(person)) };
}

/** Log loss and accuracy on unseen choices of real people after some known ones of the same person; null when the folder has none. */
export async function runPeople(bench: Workbench, { source, known, people, seed }: PeopleJobOptions, report: (done: number) => void): Promise<PeopleResult[] | null> {
  const read = readPeople(bench, source);
  if (read === null) return null;
  const forecaster = await TacitForecaster.open(bench, read);
  const groups = peopleOf(read.choices, people, seed);
  const methods = ['Tacit', 'people-trained logistic, user-blind', 'people-trained logistic, then personal'] as const;
  const blank = (name: string, count: number): PeopleResult => ({ name, known: count, choices: new Float64Array(groups.length), loss: new Float64Array(groups.length), right: new Float64Array(groups.length) });
  const results = new Map(methods.flatMap((name) => known.map((count) => [`${name} ${count}`, blank(name, count)] as const)));
  const folds = Array.from({ length: FOLDS }, (_, fold) => new PeopleLogistic(groups.filter((_group, index) => index % FOLDS !== fold)));
  for (const [person, choices] of groups.entries()) {
    for (const unit of new Set(choices.map((choice) => choice.unit))) {
      const [asked, others] = [choices.filter((choice) => choice.unit === unit), choices.filter((choice) => choice.unit !== unit)];
      const order = shuffled(others, randomFor(seed, `people ${person} ${unit}`));
      for (const count of known) {
        const told = order.slice(0, count);
        const add = (name: (typeof methods)[number], probabilities: readonly number[]) => addForecasts(results.get(`${name} ${count}`)!, person, probabilities);
        add('Tacit', await forecaster.forecast(told, asked));
        const logistic = folds[person % FOLDS]!;
        add('people-trained logistic, user-blind', asked.map((choice) => logistic.forecast(choice, [])));
        add('people-trained logistic, then personal', asked.map((choice) => logistic.forecast(choice, told)));
      }
    }
    report(person + 1);
  }
  return [...results.values()];
}

function addForecasts(result: PeopleResult, person: number, probabilities: readonly number[]): void {
  for (const p of probabilities) {
    result.choices[person]! += 1;
    result.loss[person]! -= Math.log(Math.max(p, 1e-9));
    result.right[person]! += p > 0.5 ? 1 : p === 0.5 ? 0.5 : 0;
  }
}

/** People with choices in at least two units, each a list. */
function peopleOf(choices: readonly RealChoice[], limit: number, seed: number): RealChoice[][] {
  const byPerson = new Map<string, RealChoice[]>();
  for (const choice of choices) byPerson.set(choice.person, [...(byPerson.get(choice.person) ?? []), choice]);
  const eligible = [...byPerson.values()].filter((own) => new Set(own.map(({ unit }) => unit)).size >= 2);
  return shuffled(eligible, randomFor(seed, 'people')).slice(0, limit);
}

/** The shipped router: measured axes of both responses, predicted quality where the LLMs are named, the graph's prior, the few-shot fit. */
export class TacitForecaster {
  private readonly numberOf: ReadonlyMap<string, number>;

  private constructor(
    private readonly setting: TacitSetting,
  ) {
    this.numberOf = new Map(setting.prompts.map(({ text }, index) => [text, index]));
  }

  static async open(bench: Workbench, { choices, llms }: PeopleSource): Promise<TacitForecaster> {
    const { fingerprints } = bench.artifacts;
    const texts = [...new Set(choices.map(({ prompt }) => prompt))];
    const embeddings = await bench.artifacts.embed(texts);
    const cards = llms.length > 0 ? llms.map((llm) => modelCard(llm, fingerprints)) : [ANONYMOUS];
    const descriptions = await bench.artifacts.embed(cards.map(({ description }) => description));
    const candidates: Candidate[] = cards.map((card, column) => ({ card, descriptionEmbedding: descriptions[column] ?? new Float32Array(EMBEDDING_SIZE), fingerprint: fingerprints.fingerprints[card.id] ?? null }));
    // Anonymous responses have no LLM that could fare well or badly, or be known better.
    const off = new Set<Ablation>(llms.length > 0 ? [] : ['no-intercepts', 'no-fingerprints']);
    const prompts = texts.map((text, index) => ({ text, embedding: embeddings[index]! }));
    return new TacitForecaster(tacitSetting(bench.artifacts, { candidates, prompts, off }));
  }

  /** Responses without a name are all of one LLM: with one for the chosen and one for the rejected, its number would tell which was chosen. */
  private column(llm: string | null): number {
    return llm === null ? 0 : this.setting.candidates.findIndex(({ card }) => card.id === llm);
  }

  async forecast(told: readonly RealChoice[], asked: readonly RealChoice[]): Promise<number[]> {
    const session = new TacitSession(this.setting);
    for (const choice of told) {
      const read = (llm: string | null, measured: readonly number[]) => ({ column: this.column(llm), measured: withoutEconomy(measured), words: 0, costUsd: null });
      await session.observe(this.numberOf.get(choice.prompt)!, read(choice.chosenLlm, choice.chosen), read(choice.rejectedLlm, choice.rejected));
    }
    const probabilities: number[] = [];
    for (const choice of asked) probabilities.push(await this.probability(session, choice));
    return probabilities;
  }

  private async probability(session: TacitSession, choice: RealChoice): Promise<number> {
    const prompt = this.numberOf.get(choice.prompt)!;
    const [outputs] = await session.outputs([prompt]);
    const fit = session.fit(prompt, outputs!);
    const contender = (column: number, measured: readonly number[]) => {
      const predicted = featuresOfRow(outputs!, column);
      const seen = predicted.map((value, i) => (i < AXIS_COUNT && i !== QUALITY ? (withoutEconomy(measured)[i] ?? value) : value));
      return session.contender(fit, column, seen);
    };
    const [chosen, rejected] = [contender(this.column(choice.chosenLlm), choice.chosen), contender(this.column(choice.rejectedLlm), choice.rejected)];
    return winProbability(fit.posterior, chosen, rejected, this.setting.manifest.router.pickTemperature);
  }
}

/** Nobody saw a price. */
function withoutEconomy(measured: readonly number[]): (number | null)[] {
  return measured.map((value, axis) => (axis === axisIndex('economy') ? null : value));
}

/** Logistic regression of other people's choices on the differences of the measured axes: the strongest user-blind rival, and the start of a personal one. */
class PeopleLogistic {
  private readonly weights: Float64Array;

  constructor(groups: readonly (readonly RealChoice[])[]) {
    this.weights = new Float64Array(AXIS_COUNT);
    const rows = groups.flat().map(difference);
    for (let round = 0; round < 300; round++) {
      const gradient = this.weights.map((weight) => -0.01 * weight);
      for (const row of rows) {
        const pull = sigmoid(-dotOf(this.weights, row)) / rows.length;
        for (let i = 0; i < AXIS_COUNT; i++) gradient[i]! += pull * row[i]!;
      }
      for (let i = 0; i < AXIS_COUNT; i++) this.weights[i]! += 0.5 * gradient[i]!;
    }
  }

  /** P(this choice); the prior width 0.15 is what the data folder's notes found to help on prism_subset. */
  forecast(choice: RealChoice, told: readonly RealChoice[]): number {
    const belief = new LinearBelief(this.weights, new Float64Array(AXIS_COUNT).fill(0.15 ** 2));
    for (const known of told) belief.learn(difference(known), 0, 1);
    return sigmoid(dotOf(belief.mean, difference(choice)));
  }
}

function difference({ chosen, rejected }: RealChoice): Float64Array {
  return Float64Array.from(chosen, (value, i) => Math.max(-3, Math.min(3, value - rejected[i]!)));
}
