import { estimateTokens } from '../../../src/core/tokens';
import { randomFor, shuffled } from '../random';
import { judgePrompt, parseChoice } from './judge-prompt';
import { pickKey, type PickRow } from './picks-file';

/** A person to be played. */
export interface WrittenPerson {
  readonly id: string;
  readonly profile: string;
}

export interface JudgedPrompt {
  readonly id: string;
  readonly query: string;
  /** Texts by LLM id. */
  readonly responses: ReadonlyMap<string, string>;
}

/** Asks an LLM one thing. */
export type Ask = (prompt: string) => Promise<string>;

export interface JudgeTask {
  readonly person: WrittenPerson;
  readonly prompt: JudgedPrompt;
}

/** Every person × prompt that is not judged yet. */
export function openTasks(people: readonly WrittenPerson[], prompts: readonly JudgedPrompt[], done: ReadonlySet<string>): JudgeTask[] {
  return people.flatMap((person) => prompts.flatMap((prompt) => (done.has(pickKey({ user_id: person.id, prompt_id: prompt.id })) ? [] : [{ person, prompt }])));
}

/** Candidates in the first order shown: shuffled by seed, person and prompt, so that a repeated run shows the same. */
export function orderOf({ person, prompt }: JudgeTask, seed: number): string[] {
  return shuffled([...prompt.responses.keys()].sort(), randomFor(seed, `judge ${person.id} ${prompt.id}`));
}

/** Tokens of all prompts, both orders, and of one short answer each. */
export function estimateCost(tasks: readonly JudgeTask[], price: { readonly inUsdPerMTok: number; readonly outUsdPerMTok: number }): { readonly calls: number; readonly tokensIn: number; readonly tokensOut: number; readonly usd: number } {
  const tokensIn = tasks.reduce((sum, { person, prompt }) => sum + 2 * estimateTokens(judgePrompt(person.profile, prompt.query, [...prompt.responses.values()])), 0);
  const tokensOut = tasks.length * 2 * 4;
  return { calls: tasks.length * 2, tokensIn, tokensOut, usd: (tokensIn * price.inUsdPerMTok + tokensOut * price.outUsdPerMTok) / 1e6 };
}

/** One person's choice for one prompt, asked in both orders. */
async function judgeOne(task: JudgeTask, ask: Ask, model: string, seed: number): Promise<PickRow> {
  const order = orderOf(task, seed);
  const { person, prompt } = task;
  const choose = async (shown: readonly string[]): Promise<string | null> => {
    const answer = await ask(judgePrompt(person.profile, prompt.query, shown.map((llm) => prompt.responses.get(llm) ?? '')));
    const index = parseChoice(answer, shown.length);
    return index === null ? null : (shown[index] ?? null);
  };
  const first = await choose(order);
  const second = await choose(order.toReversed());
  const consistent = first !== null && first === second;
  return { user_id: person.id, prompt_id: prompt.id, candidates: order, first, second, chosen: consistent ? first : null, consistent, model, seed };
}

export interface JudgeRun {
  readonly ask: Ask;
  readonly model: string;
  readonly seed: number;
  readonly concurrency: number;
  readonly save: (row: PickRow) => void;
  readonly report: (done: number, total: number, consistent: number) => void;
}

/** Works through the tasks; each pick is saved as soon as it is made. The first failure stops it, with everything before it saved. */
export async function runJudge(tasks: readonly JudgeTask[], { ask, model, seed, concurrency, save, report }: JudgeRun): Promise<void> {
  const waiting = [...tasks];
  let [done, consistent] = [0, 0];
  const work = async () => {
    for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) {
      const row = await judgeOne(task, ask, model, seed).catch((error: unknown) => {
        waiting.length = 0;
        throw error;
      });
      save(row);
      done++;
      if (row.consistent) consistent++;
      report(done, tasks.length, consistent);
    }
  };
  const outcomes = await Promise.allSettled(Array.from({ length: Math.max(1, concurrency) }, work));
  const failure = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failure) throw failure.reason;
}
