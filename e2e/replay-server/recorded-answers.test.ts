import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startReplayServer, type ReplayServer } from './index.mjs';

let folder: string;
let server: ReplayServer;

function gzipLines(rows: readonly object[]): Buffer {
  return gzipSync(rows.map((row) => JSON.stringify(row)).join('\n') + '\n');
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'replay-'));
  await writeFile(join(folder, 'prompts.jsonl.gz'), gzipLines([{ id: 'p1', query: 'How did US states get their names?' }, { id: 'p2', query: 'Write a haiku about rain.' }]));
  const responses = ['alpha', 'beta'].flatMap((llm) => ['p1', 'p2'].map((id) => ({ prompt_id: id, llm, response: `${llm} on ${id}` })));
  await writeFile(join(folder, 'responses.jsonl.gz'), gzipLines(responses));
  server = await startReplayServer({ data: folder, msPerChunk: 0 });
});

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

async function ask(model: string, content: string) {
  const body = JSON.stringify({ model, messages: [{ role: 'user', content }] });
  const response = await fetch(`${server.url}/v1/chat/completions`, { method: 'POST', body });
  const answer: { choices: [{ message: { content: string } }] } = JSON.parse(await response.text());
  return [response.headers.get('x-replay-match'), answer.choices[0].message.content];
}

describe('--data', () => {
  it('serves the recorded models and their answers to the same or the nearest prompt', async () => {
    expect(server.modelIds).toEqual(['alpha', 'beta']);
    expect(await ask('alpha', 'how did US states get their names')).toEqual(['exact', 'alpha on p1']);
    expect(await ask('beta', 'A haiku about heavy rain, please')).toEqual(['nearest', 'beta on p2']);
  });

  it('says so rather than invent an answer', async () => {
    expect(await ask('alpha', 'xylophone')).toEqual(['none', expect.stringContaining('no recorded answer of alpha')]);
  });

  it('refuses a folder without the data', async () => {
    await expect(startReplayServer({ data: join(folder, 'nowhere') })).rejects.toThrow(/Cannot read .*prompts\.jsonl\.gz/);
  });
});
