import { readdir, readFile } from 'node:fs/promises';
import { writeInStyle } from './fallback.mjs';
import { createPromptIndex } from './prompt.mjs';

const FOLDER = new URL('../fixtures/', import.meta.url);

/** A reworded fixture prompt still gets its fixture. */
const NEAR_ENOUGH = 0.6;

/** The project's own models and answers; prompts without one are answered by rule in the model's style. */
export async function loadFixtureAnswers() {
  const models = JSON.parse(await readFile(new URL('models.json', FOLDER), 'utf8'));
  const names = (await readdir(new URL('answers/', FOLDER))).filter((name) => name.endsWith('.json')).sort();
  const fixtures = await Promise.all(names.map(async (name) => JSON.parse(await readFile(new URL(`answers/${name}`, FOLDER), 'utf8'))));
  for (const { id, answers } of fixtures) for (const model of models) if (typeof answers[model.id] !== 'string') throw new Error(`Fixture ${id} has no answer of ${model.id}.`);
  const answersOf = new Map(fixtures.map(({ prompt, answers }) => [prompt, answers]));
  const index = createPromptIndex([...answersOf.keys()]);
  return {
    models,
    prompts: [...answersOf.keys()],
    find(modelId, prompt) {
      const exact = index.exact(prompt);
      if (exact !== null) return { text: answersOf.get(exact)[modelId], match: 'exact' };
      const near = index.nearest(prompt);
      if (near.similarity >= NEAR_ENOUGH) return { text: answersOf.get(near.prompt)[modelId], match: 'nearest' };
      return { text: writeInStyle(modelId, prompt), match: 'fallback' };
    },
  };
}
