import * as v from 'valibot';
import { measureResponse, responseAxes } from '../../src/core/axes';
import type { AxisConstants } from '../../src/core/manifest';
import { measuredAxes } from './axes-of-cell';
import { locate, readCsv, readJson, readJsonLines } from './files';
import { LlmRow } from './records';

/** One decided choice of a real person between two responses that both were read. */
export interface RealChoice {
  readonly person: string;
  /** Choices of one unit (a conversation, a question) share a prompt and are never on both sides of a split. */
  readonly unit: string;
  readonly prompt: string;
  /** Ids of llms.json; null where the source does not name them. */
  readonly chosenLlm: string | null;
  readonly rejectedLlm: string | null;
  /** `[12]` measured axes. */
  readonly chosen: readonly number[];
  readonly rejected: readonly number[];
}

export interface PeopleSource {
  readonly name: string;
  readonly choices: readonly RealChoice[];
  readonly llms: readonly LlmRow[];
}

const Question = v.object({ question_id: v.number(), turns: v.array(v.string()) });
const Interaction = v.object({ user_id: v.string(), order: v.number(), query: v.string(), responses: v.array(v.string()), prefs: v.array(v.tuple([v.number(), v.number()])) });

/** The answers of vicuna-13b-v1.2 are missing; the next version's are the nearest. */
const STAND_IN: Readonly<Record<string, string>> = { 'vicuna-13b-v1.2': 'vicuna-13b-v1.3' };

/** Decided votes of the expert judges; null when the folder has none. */
export function readExpertVotes(folder: string, constants: AxisConstants): PeopleSource | null {
  const needed = ['human/mtbench/votes.csv', 'human/mtbench/questions.jsonl', 'human/mtbench/answer_features.csv', 'llms.json'];
  if (needed.some((name) => locate(folder, name) === null)) return null;
  const questions = new Map(readJsonLines(folder, 'human/mtbench/questions.jsonl').map((row) => v.parse(Question, row)).map((question) => [String(question.question_id), question.turns]));
  const axes = new Map<string, number[]>();
  for (const { question_id, turn, llm, ...counts } of readCsv(folder, 'human/mtbench/answer_features.csv')) {
    const measures = Object.fromEntries(Object.entries(counts).map(([name, text]) => [name, Number(text)]));
    axes.set(`${question_id}\n${turn}\n${llm}`, measuredAxes({ measures, costUsd: null }, constants));
  }
  const choices: RealChoice[] = [];
  for (const { user_id: person, group, question_id: question, turn, llm_a: a, llm_b: b, winner } of readCsv(folder, 'human/mtbench/votes.csv')) {
    if (group !== 'expert' || (winner !== 'a' && winner !== 'b') || !person || !question || !a || !b) continue;
    const [chosenLlm, rejectedLlm] = (winner === 'a' ? [a, b] : [b, a]).map((llm) => STAND_IN[llm] ?? llm) as [string, string];
    const [chosen, rejected] = [chosenLlm, rejectedLlm].map((llm) => axes.get(`${question}\n${turn}\n${llm}`));
    if (!chosen || !rejected) continue;
    const turns = questions.get(question) ?? [];
    choices.push({ person, unit: question, prompt: (turn === '2' ? turns : turns.slice(0, 1)).join('\n'), chosenLlm, rejectedLlm, chosen, rejected });
  }
  const named = new Set(choices.flatMap(({ chosenLlm, rejectedLlm }) => [chosenLlm, rejectedLlm]));
  return { name: 'mtbench expert votes', choices, llms: v.parse(v.array(LlmRow), readJson(folder, 'llms.json')).filter(({ id }) => named.has(id)) };
}

/** Responses that people rated highest against those they rated lower; null when the folder has none. */
export function readPrism(folder: string, constants: AxisConstants): PeopleSource | null {
  const file = 'human/prism_subset/interactions.jsonl';
  if (locate(folder, file) === null) return null;
  const choices = readJsonLines(folder, file).flatMap((row) => {
    const { user_id: person, order, query, responses, prefs } = v.parse(Interaction, row);
    const axes = responses.map((text) => responseAxes(measureResponse(text), null, constants));
    return prefs.flatMap(([better, worse]): RealChoice[] => {
      const [chosen, rejected] = [axes[better], axes[worse]];
      return chosen && rejected ? [{ person, unit: String(order), prompt: query, chosenLlm: null, rejectedLlm: null, chosen, rejected }] : [];
    });
  });
  return { name: 'prism_subset', choices, llms: [] };
}
