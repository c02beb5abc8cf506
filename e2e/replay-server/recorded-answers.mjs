import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { createPromptIndex } from './prompt.mjs';

/**
 * Recorded answers of real LLMs: `prompts.jsonl.gz` ({id, query}) and `responses.jsonl.gz` ({prompt_id, llm, response}).
 * A prompt gets the answer to the same prompt, else to the recorded one that shares most words. Throws when the folder does not hold them.
 */
export async function loadRecordedAnswers(folder) {
  const prompts = await readLines(folder, 'prompts.jsonl.gz', ['id', 'query']);
  const responses = await readLines(folder, 'responses.jsonl.gz', ['prompt_id', 'llm', 'response']);
  const byKey = new Map(responses.map((row) => [`${row.llm}\n${row.prompt_id}`, row.response]));
  const idOf = new Map(prompts.map((row) => [row.query, row.id]));
  const index = createPromptIndex([...idOf.keys()]);
  const models = [...new Set(responses.map((row) => row.llm))].sort().map((id) => ({ id }));
  return {
    models,
    prompts: [...idOf.keys()],
    find(modelId, prompt) {
      const exact = index.exact(prompt);
      const found = exact ?? index.nearest(prompt).prompt;
      const text = found === null ? undefined : byKey.get(`${modelId}\n${idOf.get(found)}`);
      if (text === undefined) return { text: `[The replay server has no recorded answer of ${modelId} near this prompt.]`, match: 'none' };
      return { text, match: exact === null ? 'nearest' : 'exact' };
    },
  };
}

async function readLines(folder, name, fields) {
  const path = join(folder, name);
  const compressed = await readFile(path).catch((error) => {
    throw new Error(`Cannot read ${path}: ${error.message}`);
  });
  const text = (await promisify(gunzip)(compressed)).toString('utf8');
  return text.split('\n').filter(Boolean).map((line, number) => {
    const row = JSON.parse(line);
    for (const field of fields) if (typeof row[field] !== 'string') throw new Error(`${path} line ${number + 1} has no text field "${field}".`);
    return row;
  });
}
