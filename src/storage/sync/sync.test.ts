import { describe, expect, it } from 'vitest';
import { createRandom } from '../../core/random';
import { ConnectionRepository } from '../connections';
import { ConversationRepository } from '../conversations';
import { openDatabase, type TacitDatabase } from '../database';
import { ModelRepository } from '../models';
import { PreferenceRepository } from '../preferences';
import { SettingRepository } from '../settings';
import { MemoryProfile } from '../testing/memory-storage';
import { MemoryRemote } from '../testing/memory-remote';
import { sampleConnection, sampleConversation, sampleDecision, sampleModel, samplePreference, sampleResponse, sampleTurn } from '../testing/samples';
import { TurnRepository } from '../turns';
import { syncOnce, type SyncOutcome } from './sync';
import { rereadPeers } from './state';
import { openVault } from './vault';
import { VaultFailure } from './vault-failure';

const PASSPHRASE = 'correct horse battery';
const FEW_ITERATIONS = 10;
let names = 0;
let time = 1_000;

class Device {
  readonly conversations: ConversationRepository;
  readonly turns: TurnRepository;
  readonly preferences: PreferenceRepository;
  readonly settings: SettingRepository;
  readonly models: ModelRepository;
  readonly connections: ConnectionRepository;
  withKeys = false;

  constructor(
    readonly name: string,
    readonly database: TacitDatabase,
    readonly remote: MemoryRemote,
  ) {
    this.conversations = new ConversationRepository(database);
    this.turns = new TurnRepository(database);
    this.preferences = new PreferenceRepository(database);
    this.settings = new SettingRepository(database);
    this.models = new ModelRepository(database);
    this.connections = new ConnectionRepository(database);
  }

  async sync(signal: AbortSignal = new AbortController().signal): Promise<SyncOutcome> {
    const vault = await openVault(this.remote, PASSPHRASE, signal, FEW_ITERATIONS);
    return syncOnce({ database: this.database, remote: this.remote, vault, deviceName: this.name, withKeys: this.withKeys, now: () => (time += 1), signal });
  }

  async chat(id: string, turnId = `${id}-1`): Promise<void> {
    await this.turns.save(sampleTurn(turnId, id, { createdAt: (time += 1), decision: sampleDecision(1) }), sampleConversation(id, (time += 1)));
  }

  async reply(conversationId: string, turnId: string, parentId: string | null): Promise<void> {
    const conversation = await this.conversations.get(conversationId);
    if (conversation) await this.turns.save(sampleTurn(turnId, conversationId, { parentId, createdAt: (time += 1) }), { ...conversation, updatedAt: (time += 1), currentTurnId: turnId });
  }

  /** Everything that travels, comparable between devices. */
  async content() {
    const { conversations, turns, decisions, preferences, settings } = this.database;
    const tables = await Promise.all([conversations, turns, decisions, preferences, settings].map((table) => table.toArray()));
    return tables.map((rows) => rows.map((row) => JSON.stringify(row, sorted)).toSorted());
  }
}

function sorted(_key: string, value: unknown): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1))) : value;
}

async function devices(...deviceNames: readonly string[]): Promise<readonly Device[]> {
  const remote = new MemoryRemote();
  return Promise.all(deviceNames.map(async (name) => new Device(name, await openDatabase({ ...new MemoryProfile().environment(), name: `sync-${(names += 1)}` }), remote)));
}

async function pair(): Promise<readonly [Device, Device]> {
  const [phone, desk] = await devices('phone', 'desk');
  if (!phone || !desk) throw new Error('No devices');
  return [phone, desk];
}

async function settle(...all: readonly Device[]): Promise<void> {
  for (let round = 0; round < 4; round++) for (const device of all) await device.sync();
}

describe('two devices', () => {
  it('hold the same after they met, and have nothing more to say', async () => {
    const [phone, desk] = await pair();
    await phone.chat('a');
    await desk.chat('b');
    await phone.preferences.append(samplePreference('p1'));
    await desk.settings.set('language', 'zh-CN');
    await desk.settings.set('device', 'wasm');
    expect(await phone.sync()).toMatchObject({ received: 0, sent: 4, merged: 0, damaged: [] });
    expect(await desk.sync()).toMatchObject({ received: 4, devices: [{ name: 'phone' }] });
    await phone.sync();
    expect((await desk.conversations.list()).map((chat) => chat.id).toSorted()).toEqual(['a', 'b']);
    expect((await phone.turns.list('b'))[0]?.decision).toEqual(sampleDecision(1));
    expect(await phone.preferences.list()).toEqual(await desk.preferences.list());
    expect([await phone.settings.get('language'), await phone.settings.get('device')]).toEqual(['zh-CN', 'auto']);
    await settle(phone, desk);
    expect(await phone.sync()).toMatchObject({ received: 0, sent: 0, merged: 0 });
    expect(await desk.sync()).toMatchObject({ received: 0, sent: 0, merged: 0 });
  });

  it('see each other’s changes and deletions', async () => {
    const [phone, desk] = await pair();
    await phone.chat('a');
    await phone.chat('b');
    await phone.preferences.append(samplePreference('p1'));
    await settle(phone, desk);
    await desk.conversations.update('a', (chat) => ({ ...chat, title: 'Renamed' }));
    await desk.preferences.undo('p1', 77);
    await desk.conversations.discard('b', 1);
    await desk.conversations.purge('b', 'keep');
    await settle(desk, phone);
    expect((await phone.conversations.list()).map(({ id, title }) => [id, title])).toEqual([['a', 'Renamed']]);
    expect(await phone.turns.list('b')).toEqual([]);
    expect(await phone.database.decisions.count()).toBe(1);
    expect((await phone.preferences.get('p1'))?.undoneAt).toBe(77);
  });

  it('keep both sides of what was done at the same time', async () => {
    const [phone, desk] = await pair();
    await phone.chat('a');
    await settle(phone, desk);
    // One answer goes on differently on both; one gets another answer; both write a next turn.
    const change = (device: Device, text: string) => device.turns.update('a-1', (turn) => ({ ...turn, responses: [{ ...(turn.responses[0] ?? sampleResponse('x')), text }, sampleResponse(`more-${device.name}`, { startedAt: 20 })] }));
    await change(phone, 'It goes on on the phone');
    await change(desk, 'It ends at the desk');
    await phone.reply('a', 'phone-2', 'a-1');
    await desk.reply('a', 'desk-2', 'a-1');
    await settle(phone, desk);
    expect(await phone.content()).toEqual(await desk.content());
    const turns = await phone.turns.list('a');
    expect(turns.map((turn) => turn.id).toSorted()).toEqual(['a-1', 'desk-2', 'phone-2']);
    expect(turns.find((turn) => turn.id === 'a-1')?.responses.map((response) => response.text).toSorted()).toEqual(['Grüße, 你好 from more-desk', 'Grüße, 你好 from more-phone', 'It ends at the desk', 'It goes on on the phone']);
  });

  it('keep a whole chat that was deleted on one while it went on on the other', async () => {
    for (const deleteFirst of [true, false]) {
      const [phone, desk] = await pair();
      await phone.chat('a');
      await phone.reply('a', 'a-2', 'a-1');
      await settle(phone, desk);
      await phone.conversations.discard('a', 1);
    await phone.conversations.purge('a', 'keep');
      await desk.reply('a', 'a-3', 'a-2');
      await (deleteFirst ? settle(phone, desk) : settle(desk, phone));
      for (const device of [phone, desk]) expect((await device.turns.list('a')).map((turn) => turn.id)).toEqual(['a-1', 'a-2', 'a-3']);
      expect(await phone.content()).toEqual(await desk.content());
    }
  });

  it('do not touch an answer that streams, and send it when it has ended', async () => {
    const [phone, desk] = await pair();
    await phone.chat('a');
    await phone.turns.update('a-1', (turn) => ({ ...turn, responses: [sampleResponse('r', { status: 'streaming', text: 'So f', finishedAt: null })] }));
    await settle(phone, desk);
    expect(await desk.turns.get('a-1')).toBeNull();
    await phone.turns.update('a-1', (turn) => ({ ...turn, responses: [sampleResponse('r', { text: 'So far and further' })] }));
    await settle(phone, desk);
    expect((await desk.turns.get('a-1'))?.responses[0]?.text).toBe('So far and further');
  });

  it('share keys only when both want to, and never give one to another address', async () => {
    const [phone, desk] = await pair();
    await phone.connections.save(sampleConnection('home'));
    await phone.models.save(sampleModel('m1'));
    await settle(phone, desk);
    expect(await desk.connections.get('home')).toMatchObject({ apiKey: '', headers: {}, name: 'Server home' });
    expect((await desk.models.get('m1'))?.descriptionEmbedding).toBeNull();
    phone.withKeys = true;
    await settle(phone, desk);
    expect((await desk.connections.get('home'))?.apiKey).toBe('');
    desk.withKeys = true;
    await rereadPeers(desk.database);
    await settle(phone, desk);
    expect((await desk.connections.get('home'))?.apiKey).toBe('sk-home-secret');
    await phone.connections.save(sampleConnection('home', { baseUrl: 'https://elsewhere.example/v1', apiKey: '' }));
    phone.withKeys = false;
    await settle(phone, desk);
    expect(await desk.connections.get('home')).toMatchObject({ baseUrl: 'https://elsewhere.example/v1', apiKey: '' });
    expect(await phone.sync()).toMatchObject({ sent: 0, received: 0 });
  });

  it('let nobody without the passphrase read anything', async () => {
    const [phone] = await pair();
    await phone.chat('a');
    await phone.connections.save(sampleConnection('home'));
    await phone.sync();
    const signal = new AbortController().signal;
    await expect(openVault(phone.remote, 'wrong', signal)).rejects.toEqual(new VaultFailure('wrong_passphrase', 'tacit-vault.json'));
    const everything = [...phone.remote.files].map(([name, content]) => name + new TextDecoder().decode(content)).join();
    for (const secret of ['Prompt of', 'Chat a', 'home', 'sk-', 'phone', 'Grüße']) expect(everything).not.toContain(secret);
  });
});

describe('trouble on the way', () => {
  it('loses nothing when the network, the disk or the user stops it anywhere', async () => {
    for (const pattern of [/^list/, /^read .*index/, /^read .*seg/, /^write .*seg/, /^write .*index/]) {
      const [phone, desk] = await pair();
      await phone.chat('a');
      await desk.chat('b');
      await phone.sync();
      desk.remote.failing = { pattern, kind: 'full' };
      await expect(desk.sync()).rejects.toMatchObject({ kind: 'full' });
      desk.remote.failing = null;
      await settle(desk, phone);
      expect(await phone.content()).toEqual(await desk.content());
      expect(await phone.conversations.list()).toHaveLength(2);
    }
  });

  it('tells of a damaged file, goes on with the others, and is whole again once its device has written anew', async () => {
    const [phone, desk, third] = await devices('phone', 'desk', 'third');
    if (!phone || !desk || !third) throw new Error('No devices');
    await phone.chat('a');
    await third.chat('c');
    await third.sync();
    await phone.sync();
    const segment = [...phone.remote.files.keys()].findLast((name) => name.endsWith('.seg')) ?? '';
    const content = phone.remote.files.get(segment);
    const damaged = content?.slice() ?? new Uint8Array();
    damaged[damaged.length - 3] = (damaged.at(-3) ?? 0) ^ 1;
    phone.remote.files.set(segment, damaged);
    expect((await desk.sync()).damaged).toEqual([segment]);
    expect((await desk.conversations.list()).map((chat) => chat.id)).toEqual(['c']);
    if (content) phone.remote.files.set(segment, content);
    await desk.sync();
    expect(await desk.conversations.list()).toHaveLength(2);
  });

  it('notices swapped files, a foreign vault and an emptied folder', async () => {
    const [phone, desk] = await pair();
    await phone.chat('a');
    await phone.sync();
    const signal = new AbortController().signal;
    const vault = await openVault(phone.remote, PASSPHRASE, signal, FEW_ITERATIONS);
    phone.remote.files.delete('tacit-vault.json');
    await openVault(phone.remote, PASSPHRASE, signal, FEW_ITERATIONS);
    await expect(syncOnce({ database: desk.database, remote: phone.remote, vault, deviceName: 'desk', withKeys: false, now: () => time, signal })).rejects.toMatchObject({ kind: 'other_vault' });
    phone.remote.files.clear();
    await phone.sync();
    await desk.sync();
    expect(await desk.conversations.list()).toHaveLength(1);
    const [index] = [...phone.remote.files.keys()].filter((name) => name.endsWith('.index'));
    phone.remote.files.set('000000000000.index', phone.remote.files.get(index ?? '') ?? new Uint8Array());
    expect((await desk.sync()).damaged).toEqual(['000000000000.index']);
  });

  it('gives a copied browser profile a name of its own', async () => {
    const [phone, twin] = await pair();
    await phone.chat('a');
    await phone.sync();
    for (const row of await phone.database.syncState.toArray()) await twin.database.syncState.put(row);
    await phone.chat('b');
    await phone.sync();
    await twin.chat('c');
    await settle(twin, phone);
    expect((await phone.conversations.list()).map((chat) => chat.id).toSorted()).toEqual(['a', 'b', 'c']);
    expect(await phone.content()).toEqual(await twin.content());
  });

  it('writes everything anew after many rounds, so that a new device reads few files', async () => {
    const [phone, desk] = await pair();
    for (let round = 0; round < 30; round++) {
      await phone.chat(`chat-${round}`);
      await phone.sync();
    }
    expect([...phone.remote.files.keys()].filter((name) => name.endsWith('.seg')).length).toBeLessThan(26);
    await desk.sync();
    expect(await desk.conversations.list()).toHaveLength(30);
  }, 60_000);
});

describe('any order of things', () => {
  it.each([1, 2, 3, 4])('converges without loss, seed %i', async (seed) => {
    const random = createRandom(seed);
    const all = await devices('one', 'two', 'three');
    const made = { turns: new Map<string, string>(), picks: new Set<string>(), undone: new Set<string>(), deletedChats: new Set<string>() };
    const pick = <Value>(values: readonly Value[]): Value | undefined => values[Math.floor(random() * values.length)];
    for (let step = 0; step < 70; step++) {
      const device = pick(all);
      if (device) await act(device, step, random, pick, made);
    }
    await settle(...all);
    const [first, ...others] = await Promise.all(all.map((device) => device.content()));
    for (const other of others) expect(other).toEqual(first);
    for (const device of all) {
      const turns = new Set(await device.database.turns.toCollection().primaryKeys());
      const safe = [...made.turns].filter(([, chat]) => !made.deletedChats.has(chat)).map(([turn]) => turn);
      expect(safe.filter((turn) => !turns.has(turn))).toEqual([]);
      const picks = new Map((await device.preferences.list()).map((entry) => [entry.id, entry]));
      for (const id of made.picks) expect(picks.has(id)).toBe(true);
      for (const id of made.undone) expect(picks.get(id)?.undoneAt).not.toBeNull();
    }
    expect((await all[0]?.sync())?.sent).toBe(0);
  }, 60_000);
});

interface Made {
  readonly turns: Map<string, string>;
  readonly picks: Set<string>;
  readonly undone: Set<string>;
  readonly deletedChats: Set<string>;
}

async function act(device: Device, step: number, random: () => number, pick: <Value>(values: readonly Value[]) => Value | undefined, made: Made): Promise<void> {
  const chats = await device.conversations.list();
  const chat = pick(chats);
  const turn = chat && pick(await device.turns.list(chat.id));
  const dice = random();
  if (dice < 0.15 || !chat || !turn) {
    await device.chat(`chat-${step}`, `turn-${step}`);
    made.turns.set(`turn-${step}`, `chat-${step}`);
  } else if (dice < 0.35) {
    await device.reply(chat.id, `turn-${step}`, turn.id);
    made.turns.set(`turn-${step}`, chat.id);
  } else if (dice < 0.45) await device.conversations.update(chat.id, (current) => ({ ...current, title: `Title ${step}`, updatedAt: (time += 1) }));
  else if (dice < 0.55) await device.turns.update(turn.id, (current) => ({ ...current, responses: [...current.responses, sampleResponse(`response-${step}`, { startedAt: step })] }));
  else if (dice < 0.62) {
    await device.preferences.append(samplePreference(`pick-${step}`, { conversationId: chat.id }));
    made.picks.add(`pick-${step}`);
  } else if (dice < 0.68) {
    const log = await device.preferences.listActive();
    const entry = pick(log);
    if (entry && (await device.preferences.undo(entry.id, step + 1))) made.undone.add(entry.id);
  } else if (dice < 0.73) {
    await device.conversations.discard(chat.id, 1);
    await device.conversations.purge(chat.id, 'keep');
    made.deletedChats.add(chat.id);
  } else if (dice < 0.78) await device.settings.set('language', `x-${step}`);
  else await device.sync();
}
