import { mkdtempSync, readFileSync, rmSync, writeFileSync, appendFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startReplayServer, type ReplayServer } from '../../../e2e/replay-server/index.mjs';
import { chatClient } from './chat-client';
import { estimateCost, openTasks, orderOf, runJudge, type JudgedPrompt, type WrittenPerson } from './judge';
import { judgePrompt, parseChoice } from './judge-prompt';
import { appendPick, readPicks, resumePicks, type PickRow } from './picks-file';
import { readJudgedPrompts, readPeople } from './sources';

describe('parseChoice', () => {
  it.each([
    ['2', 1], [' 3.', 2], ['Response 2', 1], ['**Answer: 4**', 3], ['Of these, response 1 is short but I choose response 3.', 2], ['Number 10', null], ['0', null], ['1 or 2', null], ['the second', null], ['', null],
  ])('%j is %j of 4', (answer, index) => expect(parseChoice(answer, 4)).toBe(index));
});

const PEOPLE: readonly WrittenPerson[] = [{ id: 'terse', profile: 'Likes short answers.' }, { id: 'torn', profile: 'Cannot decide.' }];
const PROMPTS: readonly JudgedPrompt[] = [{ id: 'p1', query: 'Why is the sky blue?', responses: new Map([['short', 'Air scatters blue.'], ['long', 'Well, there are several sides to this, and we begin with the first.']]) }];

/** A judge on real sockets: the terse person always names the short response, the torn one always the first shown. */
function judgeFolder(seed: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'judge-'));
  const answers = PEOPLE.flatMap((person) => PROMPTS.flatMap((prompt) => {
    const order = orderOf({ person, prompt }, seed);
    return [order, order.toReversed()].map((shown) => ({
      query: judgePrompt(person.profile, prompt.query, shown.map((llm) => prompt.responses.get(llm) ?? '')),
      response: person.id === 'torn' ? 'Response 1' : String(shown.indexOf('short') + 1),
    }));
  }));
  const write = (name: string, rows: readonly object[]) => writeFileSync(join(folder, name), gzipSync(rows.map((row) => JSON.stringify(row)).join('\n')));
  write('prompts.jsonl.gz', answers.map(({ query }, id) => ({ id: `q${id}`, query })));
  write('responses.jsonl.gz', answers.map(({ response }, id) => ({ prompt_id: `q${id}`, llm: 'judge-1', response })));
  return folder;
}

describe('the judge', () => {
  let folder: string;
  let server: ReplayServer;
  let out: string;
  beforeEach(async () => {
    folder = judgeFolder(5);
    server = await startReplayServer({ data: folder, msPerChunk: 0, key: 'sesame' });
    out = join(folder, 'picks.jsonl');
  });
  afterEach(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  const run = async (key = 'sesame') => {
    const tasks = openTasks(PEOPLE, PROMPTS, resumePicks(out));
    await runJudge(tasks, { ask: chatClient({ baseUrl: `${server.url}/v1`, model: 'judge-1', key, pauseMs: 1 }), model: 'judge-1', seed: 5, concurrency: 1, save: (row: PickRow) => appendPick(out, row), report: () => undefined });
    return tasks.length;
  };

  it('asks in both orders, marks who contradicts themselves, and is done when it is done', async () => {
    expect(await run()).toBe(2);
    const [terse, torn] = readPicks(out);
    expect(terse).toMatchObject({ user_id: 'terse', prompt_id: 'p1', first: 'short', second: 'short', chosen: 'short', consistent: true, model: 'judge-1' });
    expect(torn).toMatchObject({ user_id: 'torn', chosen: null, consistent: false });
    expect(torn?.first).not.toBe(torn?.second);
    expect(server.control.log().filter(({ match }) => match === 'exact')).toHaveLength(4);
    expect(await run()).toBe(0);
  });

  it('goes on where a run was cut off, and survives a busy server', async () => {
    server.control.fail({ failure: { kind: 'status', status: 429, retryAfterSeconds: 0 } });
    await run();
    const [first] = readFileSync(out, 'utf8').split('\n');
    writeFileSync(out, `${first}\n{"user_id":"torn","pro`);
    expect(await run()).toBe(1);
    expect(readPicks(out)).toHaveLength(2);
  });

  it('stops with the reason on a wrong key, and keeps what it has', async () => {
    await expect(run('wrong')).rejects.toThrow(/401/);
    expect(openTasks(PEOPLE, PROMPTS, resumePicks(out))).toHaveLength(2);
  });

  it('names the line of a file that is wrong', () => {
    appendFileSync(out, '{"user_id":1}\n\n');
    expect(() => readPicks(out)).toThrow(/line 1/);
  });
});

describe('before it starts', () => {
  it('says what it will cost', () => {
    const cost = estimateCost(openTasks(PEOPLE, PROMPTS, new Set()), { inUsdPerMTok: 1, outUsdPerMTok: 2 });
    expect(cost.calls).toBe(4);
    expect(cost.tokensIn).toBeGreaterThan(200);
    expect(cost.usd).toBeCloseTo((cost.tokensIn + 2 * cost.tokensOut) / 1e6, 12);
  });

  it('reads people with profiles and prompts with responses', () => {
    const folder = mkdtempSync(join(tmpdir(), 'judge-data-'));
    writeFileSync(join(folder, 'users.json'), JSON.stringify([{ id: 'a', profile: 'x' }, { id: 'b' }]));
    expect(readPeople(join(folder, 'users.json'))).toEqual([{ id: 'a', profile: 'x' }]);
    expect(() => readJudgedPrompts(folder, null)).toThrow(/missing/);
    rmSync(folder, { recursive: true });
  });
});
