import { NO_SETUP, type Attachment } from '../../core/conversation';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { english } from '../../core/phrase';
import { inEnglish } from '../../core/__fixtures__/in-english';
import { openDatabase } from '../database';
import { TABLE_NAMES } from '../rows';
import { SCHEMA_VERSION, type SchemaVersion } from '../schema';
import { MemoryProfile } from '../testing/memory-storage';
import {
  sampleAdaptation,
  sampleConnection,
  sampleConversation,
  sampleDecision,
  sampleModel,
  samplePreference,
  sampleResponse,
  sampleTurn,
} from '../testing/samples';
import type { TacitStorage } from '../storage';
import { backupErrorPhrase, type Backup } from './format';
import { readBackup } from './read-backup';

let profile: MemoryProfile;
let storage: TacitStorage;

beforeEach(async () => {
  profile = new MemoryProfile();
  storage = await profile.open({ now: () => Date.UTC(2026, 10, 2) });
  await fill(storage);
});

afterEach(() => {
  storage.close();
  vi.restoreAllMocks();
});

async function fill(target: TacitStorage): Promise<void> {
  await target.turns.save(sampleTurn('t1', 'c', { decision: sampleDecision(1) }), sampleConversation('c', 50));
  await target.turns.save(sampleTurn('t2', 'c', { responses: [sampleResponse('r', { status: 'streaming', text: 'quote " \\ \u2028 \ud800' })] }));
  const oddDecision = sampleDecision(2);
  const [best] = oddDecision.ranking;
  if (best === undefined) throw new Error('no ranking');
  await target.turns.save(
    sampleTurn('t3', 'c', { decision: { ...oddDecision, ranking: [{ ...best, scoreDeviation: Number.POSITIVE_INFINITY, score: 1e-17 }] } }),
  );
  await target.preferences.append(samplePreference('p1', { turnId: 't1', conversationId: 'c' }));
  await target.preferences.append(samplePreference('p2', { outcome: 'both_bad', rejected: null }));
  await target.preferences.undo('p1', 444);
  await target.adaptation.save(sampleAdaptation('p2', 1), null);
  await target.models.saveMany([sampleModel('home/a'), sampleModel('catalogue', null, { descriptionEmbedding: null, fingerprint: null })]);
  await target.connections.save(sampleConnection('home'));
  await target.settings.set('utility', { economy: 0.5, speed: 0, length: -1, quality: 0 });
  await target.drafts.save(
    { id: 'new', text: 'unsent', attachments: [sampleAttachment], setup: NO_SETUP, updatedAt: 3 },
    { added: [{ id: 'file', ownerId: 'new', mediaType: 'image/png', bytes: Uint8Array.of(0, 255, 128, 7) }], removedIds: [] },
  );
  await target.presets.save({ id: 'preset', name: 'Brief', systemPrompt: 'Be brief.', pinnedModelId: null, updatedAt: 4 });
}

const sampleAttachment: Attachment = { id: 'file', kind: 'image', name: 'dot.png', mediaType: 'image/png', size: 4 };

async function dump(from: MemoryProfile): Promise<Record<string, unknown[]>> {
  const database = await openDatabase(from.environment());
  const rows: Record<string, unknown[]> = {};
  for (const name of TABLE_NAMES) rows[name] = await database.table(name).toArray();
  database.close();
  return rows;
}

async function read(file: Blob | string, passphrase: string | null = null): Promise<Backup> {
  const backup = await readBackup(file, passphrase);
  if (!backup.ok) throw new Error(english(backupErrorPhrase(backup.error)));
  return backup.value;
}

function holdsKeys(text: string): boolean {
  return text.includes('sk-home-secret') || text.includes('x-team');
}

async function changed(change: (file: Record<string, never>) => void): Promise<string> {
  const { blob } = await storage.exportBackup({ kind: 'none' });
  const file = JSON.parse(await blob.text());
  change(file);
  return JSON.stringify(file);
}

/** What a careless editor of the file would also have to do: recompute the checksum. */
async function changedAndSigned(change: (tables: Record<string, Record<string, unknown>[]>) => void): Promise<string> {
  const text = await changed((file) => change(file['tables'] ?? {}));
  const file = JSON.parse(text);
  const lines = Object.entries<unknown[]>(file.tables).map(([name, rows]) => `#${name}\n${rows.map((row) => `${JSON.stringify(row)}\n`).join('')}`);
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${lines.join('')}#secrets\nnull\n`));
  return JSON.stringify({ ...file, checksum: Buffer.from(digest).toString('hex') });
}

describe('a backup', () => {
  it('restores every row, bit for bit, on a clean profile', async () => {
    const before = await dump(profile);
    const written = await storage.exportBackup({ kind: 'plain' });
    expect(written.fileName).toBe('tacit-backup-2026-11-02.json');

    const clean = new MemoryProfile();
    const fresh = await clean.open();
    const backup = await read(written.blob);
    expect(backup).toMatchObject({ keys: 'included', counts: { turns: 3, decisions: 2, preferences: 2, drafts: 1 } });
    await fresh.restoreBackup(backup, 'replace');
    fresh.close();
    expect(await dump(clean)).toEqual(before);
  });

  it('can be restored twice, merged or replaced, with the same outcome', async () => {
    const before = await dump(profile);
    const backup = await read((await storage.exportBackup({ kind: 'plain' })).blob);
    await storage.restoreBackup(backup, 'merge');
    await storage.restoreBackup(backup, 'replace');
    expect(await dump(profile)).toEqual(before);
  });

  it('reads after its white space was changed', async () => {
    const { blob } = await storage.exportBackup({ kind: 'none' });
    const pretty = JSON.stringify(JSON.parse(await blob.text()), null, 2);
    expect((await read(pretty)).counts.turns).toBe(3);
  });

  it('works on an empty profile', async () => {
    const empty = await new MemoryProfile().open();
    const backup = await read((await empty.exportBackup({ kind: 'none' })).blob);
    expect(Object.values(backup.counts)).toEqual(TABLE_NAMES.map(() => 0));
    await storage.restoreBackup(backup, 'replace');
    expect(await storage.conversations.list()).toEqual([]);
    empty.close();
  });
});

describe('keys in a backup', () => {
  it('are left out unless asked for', async () => {
    const text = await (await storage.exportBackup({ kind: 'none' })).blob.text();
    expect(holdsKeys(text)).toBe(false);
    expect((await read(text)).keys).toBe('absent');
  });

  it('are there in plain text when asked for', async () => {
    expect(holdsKeys(await (await storage.exportBackup({ kind: 'plain' })).blob.text())).toBe(true);
  });

  it('are encrypted with a passphrase, which alone opens them', async () => {
    const text = await (await storage.exportBackup({ kind: 'encrypted', passphrase: 'correct horse' })).blob.text();
    expect(holdsKeys(text)).toBe(false);
    expect((await read(text)).rows.connections[0]).toMatchObject({ apiKey: '', headers: {} });
    expect((await read(text)).keys).toBe('locked');
    expect((await read(text, 'correct horse')).rows.connections).toEqual([sampleConnection('home')]);
    expect(await readBackup(text, 'wrong horse')).toEqual({ ok: false, error: { kind: 'passphrase_wrong' } });
  });

  it('of this browser stay when the backup has none, but only for the same address', async () => {
    const backup = await read((await storage.exportBackup({ kind: 'none' })).blob);
    await storage.restoreBackup(backup, 'replace');
    expect((await storage.connections.get('home'))?.apiKey).toBe('sk-home-secret');

    const moved = backup.rows.connections.map((connection) => ({ ...connection, baseUrl: 'https://thief.example/v1' }));
    await storage.restoreBackup({ ...backup, rows: { ...backup.rows, connections: moved } }, 'replace');
    expect(await storage.connections.get('home')).toMatchObject({ baseUrl: 'https://thief.example/v1', apiKey: '', headers: {} });
  });
});

describe('a file that is not a whole backup', () => {
  it.each([
    ['cut off', async () => (await (await storage.exportBackup({ kind: 'none' })).blob.text()).slice(0, -40), { kind: 'not_json' }],
    ['some other JSON', async () => '{"conversations": []}', { kind: 'not_backup' }],
    ['a list', async () => '[]', { kind: 'not_backup' }],
    ['of a newer format', () => changed((file) => Object.assign(file, { formatVersion: 2 })), { kind: 'newer_version' }],
    ['of a newer schema', () => changed((file) => Object.assign(file, { schemaVersion: SCHEMA_VERSION + 1 })), { kind: 'newer_version' }],
    ['of a newer format in another shape', async () => '{"format":"tacit-backup","formatVersion":9,"schemaVersion":1}', { kind: 'newer_version' }],
    ['without a table', () => changed((file) => void delete file['tables']?.['turns']), { kind: 'not_backup', detail: 'the table "turns" is missing' }],
    ['changed afterwards', () => changed((file) => Object.assign(file['tables']?.['turns']?.[0] ?? {}, { prompt: 'forged' })), { kind: 'checksum_mismatch' }],
    [
      'with a row of a wrong type',
      () => changedAndSigned((tables) => Object.assign(tables['turns']?.[1] ?? {}, { createdAt: 'yesterday' })),
      { kind: 'row_invalid', table: 'turns', index: 1, key: 't2', path: 'createdAt' },
    ],
    [
      'with a broken embedding',
      () => changedAndSigned((tables) => Object.assign(tables['preferences']?.[0] ?? {}, { queryEmbedding: { $float32: 'AAA' } })),
      { kind: 'row_invalid', table: 'preferences', index: 0, key: 'p1', path: 'queryEmbedding' },
    ],
    [
      'with two rows of one key',
      () => changedAndSigned((tables) => tables['drafts']?.push(...(tables['drafts'] ?? []))),
      { kind: 'row_invalid', table: 'drafts', index: 1, key: 'new' },
    ],
    [
      'with a setting of a wrong type',
      () => changedAndSigned((tables) => Object.assign(tables['settings']?.[0] ?? {}, { value: { economy: 7 } })),
      { kind: 'row_invalid', table: 'settings', key: 'utility', detail: 'Not a value of the setting "utility"' },
    ],
  ])('is refused with its reason: %s', async (_name, make, expected) => {
    const result = await readBackup(await make(), null);
    expect(inEnglish(result)).toMatchObject({ ok: false, error: expected });
    expect(result.ok ? '' : english(backupErrorPhrase(result.error))).toMatch(/^[A-Z].{30,}\.$/)
  });

  it('is upgraded when it is older', async () => {
    const step: SchemaVersion = { version: SCHEMA_VERSION + 1, stores: {}, upgradeRow: { drafts: (row) => ({ ...row, text: `${String(row['text'])}!` }) } };
    const { blob } = await storage.exportBackup({ kind: 'none' });
    const result = await readBackup(blob, null, [step]);
    expect(result.ok && result.value.rows.drafts).toEqual([{ id: 'new', attachments: [sampleAttachment], setup: NO_SETUP, text: 'unsent!', updatedAt: 3 }]);
  });
});

describe('a restore that fails half-way', () => {
  it.each(['replace', 'merge'] as const)('changes nothing (%s)', async (mode) => {
    const backup = await read((await storage.exportBackup({ kind: 'plain' })).blob);
    const clean = new MemoryProfile();
    const target = await clean.open();
    await target.turns.save(sampleTurn('mine', 'own'), sampleConversation('own'));
    const before = await dump(clean);

    const probe = await openDatabase(clean.environment());
    const store = Object.getPrototypeOf(probe.backendDB().transaction('drafts', 'readwrite').objectStore('drafts'));
    probe.close();
    const original = store.put;
    vi.spyOn(store, 'put').mockImplementation(function (this: IDBObjectStore, ...args: unknown[]) {
      if (this.name === 'drafts') throw new DOMException('full', 'QuotaExceededError');
      return Reflect.apply(original, this, args);
    });
    await expect(target.restoreBackup(backup, mode)).rejects.toMatchObject({ error: { kind: 'quota' } });
    vi.restoreAllMocks();
    expect(await dump(clean)).toEqual(before);
    target.close();
  });
});

describe('a merge', () => {
  it('keeps what only one side has and the fuller of what both have', async () => {
    const backup = await read((await storage.exportBackup({ kind: 'plain' })).blob);
    const other = await new MemoryProfile().open();
    await other.turns.save(
      sampleTurn('t2', 'c', { responses: [sampleResponse('r', { text: 'The whole answer' }), sampleResponse('mine')], thumbs: 'down' }),
      { ...sampleConversation('c', 99), title: 'Renamed here' },
    );
    await other.turns.save(sampleTurn('own', 'c'));
    await other.preferences.append(samplePreference('p1'));
    await other.preferences.append(samplePreference('p9', { createdAt: 10_000 }));
    await other.connections.save(sampleConnection('home', { apiKey: '', headers: {} }));
    await other.settings.set('utility', { economy: -1, speed: 0, length: 0, quality: 0 });

    await other.restoreBackup(backup, 'merge');

    expect(await other.conversations.get('c')).toMatchObject({ title: 'Renamed here' });
    const merged = await other.turns.get('t2');
    expect(merged?.responses.map((response) => response.text)).toEqual(['The whole answer', sampleResponse('mine').text]);
    expect(merged?.thumbs).toBe('down');
    expect((await other.turns.list('c')).map((turn) => turn.id).toSorted()).toEqual(['own', 't1', 't2', 't3']);
    expect((await other.turns.get('t1'))?.decision).toEqual(sampleDecision(1));
    expect((await other.preferences.list()).map((pair) => [pair.id, pair.undoneAt])).toEqual([
      ['p1', 444],
      ['p2', null],
      ['p9', null],
    ]);
    expect((await other.connections.get('home'))?.apiKey).toBe('sk-home-secret');
    expect((await other.settings.get('utility')).economy).toBe(-1);
    expect(await other.turns.listOpen()).toEqual([]);
    other.close();
  });
});

describe('a long history', () => {
  it('goes through a file of sane size, in chunks, and comes back whole', { timeout: 60_000 }, async () => {
    const count = 1_203;
    const database = await openDatabase(profile.environment());
    const turns = Array.from({ length: count }, (_value, index) => ({ ...sampleTurn(`n${index}`, 'long', { createdAt: index }), openResponseIds: [] }));
    const decisions = turns.map((turn, index) => ({ turnId: turn.id, decision: sampleDecision(index, 4) }));
    await database.turns.bulkPut(turns.map(({ decision: _decision, ...turn }) => turn));
    await database.decisions.bulkPut(decisions);
    database.close();

    const { blob } = await storage.exportBackup({ kind: 'none' });
    expect(blob.size / count).toBeLessThan(8_000);
    const clean = await new MemoryProfile().open();
    await clean.restoreBackup(await read(blob), 'replace');
    expect((await clean.turns.get(`n${count - 1}`))?.decision).toEqual(sampleDecision(count - 1, 4));
    expect(await clean.turns.list('long')).toHaveLength(count);
    clean.close();
  });
});
