import { kMeans, nearest } from '../clusters';
import { dot, fitRidge } from '../linear';
import { randomFor } from '../random';
import { argmaxRow } from '../world';
import { EdgeNetwork, type EdgeNetworkOptions } from './edge-network';
import { meanRewards, type TaskData } from './task-data';

/** A router without a user term: `[queries × M]` scores, the same for everybody. */
export interface BlindBaseline {
  readonly name: string;
  readonly scores: (queries: readonly number[]) => Float64Array;
}

type RowOf = (query: number) => ArrayLike<number>;

/** What a router that knows no user has to learn from, and the choice of its settings on held-out queries. */
class BlindFit {
  readonly rewards: Float64Array;
  readonly global: Float64Array;
  private readonly heldRewards: Float64Array;

  constructor(readonly data: TaskData) {
    this.rewards = meanRewards(data, data.train);
    this.heldRewards = meanRewards(data, data.held);
    this.global = this.meanOf(data.train.map((_, row) => row));
  }

  meanOf(rows: readonly number[]): Float64Array {
    const { width } = this.data;
    const mean = new Float64Array(width);
    for (const row of rows) for (let column = 0; column < width; column++) mean[column]! += this.rewards[row * width + column]! / rows.length;
    return mean;
  }

  groups(groupOfRow: readonly string[]): Map<string, Float64Array> {
    const rows = new Map<string, number[]>();
    groupOfRow.forEach((group, row) => rows.set(group, [...(rows.get(group) ?? []), row]));
    return new Map([...rows].map(([group, members]) => [group, this.meanOf(members)]));
  }

  /** The candidate whose routes earn most on held-out queries. */
  choose<Setting>(settings: readonly Setting[], make: (setting: Setting) => RowOf): { readonly setting: Setting; readonly rowOf: RowOf } {
    const tried = settings.map((setting) => {
      const rowOf = make(setting);
      const earned = this.data.held.reduce((sum, query, row) => sum + this.heldRewards[row * this.data.width + argmaxRow(rowOf(query), 0, this.data.width)]!, 0);
      return { setting, rowOf, earned };
    });
    return tried.reduce((best, one) => (one.earned > best.earned ? one : best));
  }
}

function everyQuery(name: string, rowOf: RowOf): BlindBaseline {
  return { name, scores: (queries) => Float64Array.from(queries.flatMap((query) => Array.from(rowOf(query)))) };
}

/** Index of the largest entry as a row of zeros with one 1. */
function only(row: ArrayLike<number>): Float64Array {
  const best = argmaxRow(row, 0, row.length);
  return Float64Array.from({ length: row.length }, (_, column) => (column === best ? 1 : 0));
}

/** `price` `[M]`: what an LLM costs, known without any training. `quality` `[M]`: its mean judged quality on the training queries. */
export function fitBlind(data: TaskData, price: ArrayLike<number>, quality: ArrayLike<number>, seed: number, neural: boolean, steps?: number): BlindBaseline[] {
  const fit = new BlindFit(data);
  const embedding = (query: number) => data.embeddings[query]!;
  const trainEmbeddings = data.train.map(embedding);
  const tasks = fit.groups(data.train.map((query) => data.tasks[query]!));
  const clusters = fit.choose([8, 16, 32], (count) => byCluster(fit, trainEmbeddings, count, seed));
  const neighbours = fit.choose([5, 10, 20, 40], (count) => byNeighbours(fit, trainEmbeddings, count));
  const ridge = fit.choose([1, 4, 16], (penalty) => {
    const predict = fitRidge(trainEmbeddings, fit.rewards, data.width, penalty);
    return (query) => predict(embedding(query));
  });
  const simple = [
    everyQuery('cheapest', () => only(Float64Array.from(price, (value) => -value))),
    everyQuery('best judged LLM', () => only(quality)),
    everyQuery('global best', () => only(fit.global)),
    everyQuery('best per task', (query) => tasks.get(data.tasks[query]!) ?? fit.global),
    everyQuery(`k-means (${clusters.setting})`, clusters.rowOf),
    everyQuery(`kNN (${neighbours.setting})`, neighbours.rowOf),
    everyQuery(`ridge (${ridge.setting})`, ridge.rowOf),
  ];
  return neural ? [...simple, network('MLP', data, { graph: false, user: false, ...(steps ? { steps } : {}) }, seed), network('GraphRouter, user-blind', data, { graph: true, user: false, ...(steps ? { steps } : {}) }, seed)] : simple;
}

function network(name: string, data: TaskData, options: EdgeNetworkOptions, seed: number): BlindBaseline {
  const trained = new EdgeNetwork(data, options, randomFor(seed, name));
  return { name, scores: (queries) => trained.scores(queries, []) };
}

function byCluster(fit: BlindFit, embeddings: readonly Float32Array[], count: number, seed: number): RowOf {
  const centroids = kMeans(embeddings, count, randomFor(seed, 'k-means'));
  const groups = fit.groups(embeddings.map((embedding) => String(nearest(embedding, centroids))));
  return (query) => groups.get(String(nearest(fit.data.embeddings[query]!, centroids))) ?? fit.global;
}

function byNeighbours(fit: BlindFit, embeddings: readonly Float32Array[], count: number): RowOf {
  return (query) => {
    const own = fit.data.embeddings[query]!;
    const order = embeddings.map((other, row) => ({ row, similarity: dot(other, own) })).sort((a, b) => b.similarity - a.similarity);
    return fit.meanOf(order.slice(0, count).map(({ row }) => row));
  };
}
