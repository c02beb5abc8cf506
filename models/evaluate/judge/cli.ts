/**
 * `npm run judge -- --base-url URL --model M --users FILE --data DIR [--out FILE] …`, see ../README.md.
 *
 * LLM-as-a-Judge: an OpenAI-compatible model plays written people and picks, among all recorded responses to a prompt, the one each of them
 * would like best. Says what it would cost and stops; `--yes` starts it. A run that was stopped goes on where it was.
 */
import { parseArgs } from 'node:util';
import { DataError } from '../files';
import { chatClient } from './chat-client';
import { estimateCost, openTasks, runJudge } from './judge';
import { appendPick, resumePicks } from './picks-file';
import { readJudgedPrompts, readPeople } from './sources';

const { values } = parseArgs({
  options: {
    'base-url': { type: 'string' },
    model: { type: 'string' },
    users: { type: 'string' },
    data: { type: 'string' },
    out: { type: 'string', default: 'picks.jsonl' },
    people: { type: 'string', default: '50' },
    prompts: { type: 'string', default: '60' },
    llms: { type: 'string' },
    seed: { type: 'string', default: '0' },
    concurrency: { type: 'string', default: '4' },
    'price-in': { type: 'string', default: '0.15' },
    'price-out': { type: 'string', default: '0.6' },
    yes: { type: 'boolean', default: false },
  },
});

function needed(name: 'base-url' | 'model' | 'users' | 'data'): string {
  const value = values[name];
  if (!value) throw new DataError(`--${name} is needed`);
  return value;
}

function number(name: 'people' | 'prompts' | 'seed' | 'concurrency' | 'price-in' | 'price-out'): number {
  const value = Number(values[name]);
  if (!Number.isFinite(value) || value < 0) throw new DataError(`--${name} must be a number, not ${values[name]}`);
  return value;
}

async function main(): Promise<void> {
  const [baseUrl, model] = [needed('base-url'), needed('model')];
  const people = readPeople(needed('users')).slice(0, number('people'));
  const prompts = readJudgedPrompts(needed('data'), values.llms?.split(',') ?? null).slice(0, number('prompts'));
  const done = resumePicks(values.out);
  const tasks = openTasks(people, prompts, done);
  const cost = estimateCost(tasks, { inUsdPerMTok: number('price-in'), outUsdPerMTok: number('price-out') });
  console.error(`${people.length} people × ${prompts.length} prompts, ${done.size} picks already in ${values.out}; ${cost.calls} calls left, about ${Math.round(cost.tokensIn / 1000)}k tokens in, ${cost.usd.toFixed(2)} US dollars at ${values['price-in']} / ${values['price-out']} per million.`);
  if (!values.yes) return console.error('Nothing was sent. Add --yes to start.');
  const started = Date.now();
  await runJudge(tasks, {
    ask: chatClient({ baseUrl, model, key: process.env.JUDGE_API_KEY ?? null }),
    model,
    seed: number('seed'),
    concurrency: number('concurrency'),
    save: (row) => appendPick(values.out, row),
    report: (count, total, consistent) => {
      if (count % 20 === 0 || count === total) console.error(`${count} of ${total} picks, ${Math.round((100 * consistent) / count)} % the same in both orders, ${Math.round((Date.now() - started) / 1000)} s`);
    },
  });
}

main().catch((error: unknown) => {
  console.error(error instanceof DataError ? `judge: ${error.message}` : error);
  process.exitCode = 1;
});
