import { readFileSync } from 'node:fs';
import { strToU8, zipSync, type Zippable } from 'fflate';
import { describe, expect, it } from 'vitest';
import { JsonSplitter } from './json-stream';
import { ExportFailure, type ExportError, type ImportedChat } from './model';
import { readExport, Surveyor } from './read-export';
import type { ReadableFile } from './read-files';

function text(name: string): string {
  return readFileSync(new URL(`./__fixtures__/${name}`, import.meta.url), 'utf8');
}

function file(content: string | Uint8Array<ArrayBuffer>, name = 'export'): File {
  return new File([content], name);
}

function zip(members: Zippable): Uint8Array<ArrayBuffer> {
  return new Uint8Array(zipSync(members));
}

function inChunks(content: string, size: number): ReadableFile {
  const bytes = new TextEncoder().encode(content);
  const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => bytes.subarray(index * size, (index + 1) * size));
  return { name: 'export', size: bytes.length, stream: () => new ReadableStream({ pull: (controller) => { const next = chunks.shift(); if (next) controller.enqueue(next); else controller.close(); } }) };
}

async function read(...files: readonly File[]) {
  const chats: ImportedChat[] = [];
  const outcome = await readExport(files, { now: 1, onChat: (chat) => chats.push(chat) });
  return { chats, outcome };
}

async function failure(...files: readonly File[]): Promise<ExportError> {
  const thrown: unknown = await read(...files).then(
    () => new Error('It was read'),
    (reason: unknown) => reason,
  );
  if (thrown instanceof ExportFailure) return thrown.error;
  throw thrown;
}

describe('splitting JSON as it arrives', () => {
  const entries = [{ a: '"}]\\ é 你好 \u2028' }, { b: [[{}], '\\"'] }, { c: null }];

  it.each([
    ['an array', JSON.stringify(entries, null, 2)],
    ['JSON Lines', entries.map((entry) => JSON.stringify(entry)).join('\n')],
    ['with a byte order mark', `\uFEFF${JSON.stringify(entries)}`],
  ])('gives every entry of %s, wherever the chunks are cut', (_name, json) => {
    const bytes = new TextEncoder().encode(json);
    for (const size of [1, 2, 3, 7, bytes.length]) {
      const found: unknown[] = [];
      const splitter = new JsonSplitter('f', (value) => found.push(value));
      for (let at = 0; at < bytes.length; at += size) splitter.push(bytes.subarray(at, at + size));
      splitter.end();
      expect(found).toEqual(entries);
    }
  });
});

describe('files', () => {
  it('reads the zip that ChatGPT sends, thumbs included, whatever it is called and wherever they lie in it', async () => {
    const members = { 'user.json': strToU8('{"id":"u","email":"a@b.c"}'), 'chat.html': strToU8('<html>'), 'conversations.json': strToU8(text('chatgpt-conversations.json')), 'message_feedback.json': strToU8(text('chatgpt-message-feedback.json')) };
    const { chats } = await read(file(zip(members), 'export.zip'));
    expect(chats.map((chat) => chat.conversation.id)).toEqual(['chatgpt-c-bread', 'chatgpt-c-code']);
    expect(chats[1]?.judgements).toMatchObject([{ kind: 'rating', outcome: 'both_good' }]);
    expect((await read(file(zip(members), 'renamed.dat'))).chats).toHaveLength(2);
  });

  it('tells what is wrong with a file', async () => {
    const json = text('claude-conversations.json');
    const archive = zip({ 'conversations.json': strToU8(json) });
    expect(await failure(file(''))).toEqual({ kind: 'empty' });
    expect(await failure(file('<!doctype html>'))).toEqual({ kind: 'not_json', file: 'export' });
    expect(await failure(file(json.slice(0, -200)))).toEqual({ kind: 'cut_off', file: 'export' });
    expect(await failure(file('[{"mapping":{}},{"mapping":{bad}}]'))).toMatchObject({ kind: 'broken_json', entry: 2 });
    expect(await failure(file('[]'))).toEqual({ kind: 'no_chats' });
    expect(await failure(file('[{"recipes":[]}]'))).toEqual({ kind: 'unknown_format' });
    expect(await failure(file(archive.slice(0, archive.length / 2), 'a.zip'))).toMatchObject({ kind: expect.stringMatching(/cut_off|broken_zip/) });
    const damaged = archive.slice();
    damaged.fill(0x55, 60, 400);
    expect(await failure(file(damaged, 'a.zip'))).toMatchObject({ kind: expect.stringMatching(/broken_zip|broken_json|not_json|cut_off/) });
  });

  it('does not unpack a bomb', async () => {
    const bomb = zip({ 'conversations.json': new Uint8Array(24 * 1024 * 1024).fill(0x20) });
    expect(bomb.length).toBeLessThan(300_000);
    expect(await failure(file(bomb, 'a.zip'))).toMatchObject({ kind: 'too_large' });
  });

  it('survives what a hostile file may hold', async () => {
    const loop = { id: 'loop', title: 'Loop', mapping: { a: message('a', 'b', 'user'), b: message('b', 'a', 'assistant'), c: message('c', 'c', 'user') }, current_node: 'b' };
    const deep = { id: 'deep', mapping: Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`m${index}`, message(`m${index}`, index === 0 ? null : `m${index - 1}`, index % 2 === 0 ? 'user' : 'assistant')])), current_node: 'm19999' };
    const odd = { id: 'odd', mapping: { __proto__x: 5, x: { message: { author: 'me', content: [] } }, constructor: null }, current_node: 7 };
    const { chats, outcome } = await read(file(JSON.stringify([loop, deep, odd, [1], {}])));
    expect(outcome).toEqual({ chats: 2, skipped: 1 });
    expect(chats.map((chat) => chat.turns.length)).toEqual([2, 10_000]);
    const times = chats[1]?.turns.map((turn) => turn.createdAt) ?? [];
    expect(times.every((time, index) => index === 0 || time > (times[index - 1] ?? 0))).toBe(true);
  });

  it('gives the same ids every time, also to chats that have none', async () => {
    const anonymous = JSON.stringify([{ name: 'x', chat_messages: [{ sender: 'human', text: 'Hi', created_at: '2025-01-01T00:00:00Z' }] }]);
    const ids = async () => (await read(file(anonymous))).chats.map((chat) => chat.conversation.id);
    expect(await ids()).toEqual(await ids());
  });

  it('stops when it is told to, and reports how far it is', async () => {
    const many = JSON.stringify(Array.from({ length: 400 }, (_, index) => ({ uuid: `c${index}`, name: '', chat_messages: [{ sender: 'human', text: 'x'.repeat(1000) }] })));
    const seen: number[] = [];
    const stopped = readExport([inChunks(many, 4096)], { now: 1, onChat: () => undefined, onProgress: ({ bytes, totalBytes }) => seen.push(bytes / totalBytes), pause: () => (seen.length >= 2 ? Promise.reject(new Error('stopped')) : null) });
    await expect(stopped).rejects.toThrow('stopped');
    expect(seen.length).toBe(2);
    expect(seen[1]).toBeLessThan(1);
  });
});

describe('the survey', () => {
  it('sums up chats, models and judgements, each once', async () => {
    const surveyor = new Surveyor();
    const files = [file(text('chatgpt-conversations.json')), file(text('chatgpt-conversations.json'))];
    const { skipped } = await readExport(files, { now: 1, onChat: (chat) => surveyor.add(chat) });
    const survey = surveyor.summary(skipped);
    expect(survey).toMatchObject({ chats: { chatgpt: 2 }, conversationIds: ['chatgpt-c-bread', 'chatgpt-c-code'], skipped: 2, judgementCounts: { vote: 0, rating: 0, regeneration: 1 }, titles: ['Mean of a column', 'Sourdough starter'] });
    expect(survey.judgements).toHaveLength(1);
    expect(survey.models.map(({ name }) => name)).toEqual(['gpt-4o', 'o3-mini', 'gpt-5-thinking']);
  });
});

function message(id: string, parent: string | null, role: string) {
  return { id, parent, children: [], message: { id, author: { role }, content: { content_type: 'text', parts: [`text of ${id}`] }, metadata: {} } };
}
