import * as v from 'valibot';
import { basename, dirname } from 'node:path';
import { DataError, readJson, readJsonLines } from '../files';
import type { JudgedPrompt, WrittenPerson } from './judge';

const Person = v.object({ id: v.string(), profile: v.nullish(v.string()) });
const Prompt = v.object({ id: v.string(), query: v.string() });
const Recorded = v.object({ prompt_id: v.string(), llm: v.string(), response: v.string() });

/** People with a written profile, from a JSON list. */
export function readPeople(path: string): WrittenPerson[] {
  const parsed = v.safeParse(v.array(Person), readJson(dirname(path), basename(path).replace(/\.gz$/, '')));
  if (!parsed.success) throw new DataError(`${path} is not a list of people with an id and a profile`);
  const written = parsed.output.flatMap(({ id, profile }) => (profile ? [{ id, profile }] : []));
  if (written.length === 0) throw new DataError(`nobody in ${path} has a profile`);
  return written;
}

/** Prompts to which at least two LLMs (of those named) have a recorded response. */
export function readJudgedPrompts(folder: string, llms: readonly string[] | null): JudgedPrompt[] {
  const responses = new Map<string, Map<string, string>>();
  for (const row of readJsonLines(folder, 'alpacaeval/responses.jsonl')) {
    const { prompt_id, llm, response } = v.parse(Recorded, row);
    if (llms !== null && !llms.includes(llm)) continue;
    if (!responses.has(prompt_id)) responses.set(prompt_id, new Map());
    responses.get(prompt_id)!.set(llm, response);
  }
  const prompts = readJsonLines(folder, 'alpacaeval/prompts.jsonl').map((row) => v.parse(Prompt, row));
  return prompts.flatMap(({ id, query }) => {
    const own = responses.get(id);
    return own && own.size >= 2 ? [{ id, query, responses: own }] : [];
  });
}
