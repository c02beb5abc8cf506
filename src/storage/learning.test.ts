import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EMBEDDING_SIZE } from '../core/dimensions';
import type { PreferencePair } from '../core/preference';
import { pendingPreferences } from './preferences';
import { MemoryProfile } from './testing/memory-storage';
import { sampleAdaptation, sampleDecision, samplePreference, sampleTurn } from './testing/samples';
import type { TacitStorage } from './storage';

let profile: MemoryProfile;
let storage: TacitStorage;

beforeEach(async () => {
  profile = new MemoryProfile();
  storage = await profile.open();
});

afterEach(() => storage.close());

async function appendAll(ids: readonly string[]): Promise<void> {
  for (const [index, id] of ids.entries()) await storage.preferences.append(samplePreference(id, { createdAt: 100 + index }));
}

describe('the preference log', () => {
  it('stores a pick and the turn it judges in one transaction', async () => {
    await storage.turns.save(sampleTurn('t', 'c', { decision: sampleDecision(1), shownResponseId: null }));
    const pick = samplePreference('p', { turnId: 't', conversationId: 'c' });
    await storage.preferences.append(pick, (turn) => ({ ...turn, shownResponseId: 't-response' }));
    expect(await storage.preferences.list()).toEqual([pick]);
    expect((await storage.turns.get('t'))?.shownResponseId).toBe('t-response');
  });

  it('stores neither when the turn cannot be changed', async () => {
    await storage.turns.save(sampleTurn('t', 'c'));
    const append = storage.preferences.append(samplePreference('p', { turnId: 't' }), () => {
      throw new Error('crash in between');
    });
    await expect(append).rejects.toThrow(/crash in between/);
    expect(await storage.preferences.list()).toEqual([]);
  });

  it('keeps the order of appending when the clock goes back or stands still', async () => {
    for (const [id, createdAt] of [['b', 500], ['a', 500], ['c', 20]] as const) {
      await storage.preferences.append(samplePreference(id, { createdAt }));
    }
    expect((await storage.preferences.list()).map((pair) => [pair.id, pair.createdAt])).toEqual([
      ['b', 500],
      ['a', 501],
      ['c', 502],
    ]);
  });

  it('appends an id once', async () => {
    await storage.preferences.append(samplePreference('p'));
    await storage.preferences.append(samplePreference('p', { outcome: 'tie' }));
    expect((await storage.preferences.list()).map((pair) => pair.outcome)).toEqual(['win']);
  });

  it('refuses an entry that would poison the fit', async () => {
    const good = samplePreference('p');
    const bad: readonly PreferencePair[] = [
      { ...good, chosen: { ...good.chosen, features: good.chosen.features.map((value, axis) => (axis === 3 ? Number.NaN : value)) } },
      { ...good, chosen: { ...good.chosen, features: [1, 2, 3] } },
      { ...good, queryEmbedding: new Float32Array(EMBEDDING_SIZE - 1) },
      { ...good, weight: -1 },
    ];
    for (const pair of bad) await expect(storage.preferences.append(pair)).rejects.toThrow(TypeError);
    await expect(storage.preferences.importMany([good, ...bad])).rejects.toThrow(/Preference p is malformed at chosen\.features\.3/);
    expect(await storage.preferences.list()).toEqual([]);
  });

  it('undoes and redoes without losing the entry', async () => {
    await appendAll(['a', 'b']);
    expect(await storage.preferences.undo('a', 900)).toBe(true);
    expect(await storage.preferences.undo('a', 901)).toBe(false);
    expect((await storage.preferences.listActive()).map((pair) => pair.id)).toEqual(['b']);
    expect((await storage.preferences.get('a'))?.undoneAt).toBe(900);
    expect(await storage.preferences.redo('a')).toBe(true);
    expect(await storage.preferences.redo('missing')).toBe(false);
    expect((await storage.preferences.listActive()).map((pair) => pair.id)).toEqual(['a', 'b']);
  });

  it('imports with the dates given, once', async () => {
    await appendAll(['new']);
    const old = samplePreference('old', { createdAt: 1, source: 'import' });
    expect(await storage.preferences.importMany([old, samplePreference('new', { outcome: 'tie' })])).toBe(1);
    expect(await storage.preferences.importMany([old])).toBe(0);
    expect((await storage.preferences.list()).map((pair) => [pair.id, pair.outcome])).toEqual([
      ['old', 'win'],
      ['new', 'win'],
    ]);
  });

  it('tells another tab', async () => {
    const other = await profile.open();
    const seen = vi.fn<(log: readonly PreferencePair[]) => void>();
    const unwatch = other.preferences.watchAll({ onValue: seen });
    await vi.waitFor(() => expect(seen).toHaveBeenLastCalledWith([]));
    await storage.preferences.append(samplePreference('p'));
    await vi.waitFor(() => expect(seen).toHaveBeenLastCalledWith([samplePreference('p')]));
    unwatch();
    other.close();
  });
});

describe('replay after a crash', () => {
  it('applies exactly the picks that the stored state lacks', async () => {
    await appendAll(['a', 'b']);
    expect((await storage.adaptation.save(sampleAdaptation('b', 2), null)).ok).toBe(true);
    await storage.preferences.append(samplePreference('c', { createdAt: 300 }));
    // The tab dies here: the pick is in the log, the state is not updated.
    storage.close();
    storage = await profile.open();

    const state = await storage.adaptation.get('router-1');
    const pending = pendingPreferences(await storage.preferences.list(), state);
    expect(pending).toMatchObject({ kind: 'append', pairs: [{ id: 'c' }] });
    await storage.adaptation.save(sampleAdaptation('c', 3), state);
    expect(pendingPreferences(await storage.preferences.list(), await storage.adaptation.get('router-1'))).toEqual({ kind: 'current' });
  });

  it('starts from everything when there is no state yet', async () => {
    await appendAll(['a', 'b']);
    expect(pendingPreferences(await storage.preferences.list(), null)).toMatchObject({ kind: 'append', pairs: [{ id: 'a' }, { id: 'b' }] });
    expect(pendingPreferences([], null)).toEqual({ kind: 'current' });
  });

  it.each([
    ['the last applied pick is undone', 'c'],
    ['an earlier applied pick is undone', 'a'],
  ])('starts over when %s', async (_name, undone) => {
    await appendAll(['a', 'b', 'c']);
    await storage.preferences.undo(undone, 5);
    const pending = pendingPreferences(await storage.preferences.list(), sampleAdaptation('c', 3));
    expect(pending.kind).toBe('refit');
    expect(pending.kind === 'refit' && pending.pairs.map((pair) => pair.id)).toEqual(['a', 'b', 'c'].filter((id) => id !== undone));
  });

  it('starts over when picks were imported into the past, or all forgotten', async () => {
    await appendAll(['a', 'b']);
    await storage.preferences.importMany([samplePreference('old', { createdAt: 1 })]);
    expect(pendingPreferences(await storage.preferences.list(), sampleAdaptation('b', 2)).kind).toBe('refit');
    expect(pendingPreferences([], sampleAdaptation('b', 2))).toEqual({ kind: 'refit', pairs: [] });
    await storage.preferences.forgetAll();
    expect(await storage.preferences.list()).toEqual([]);
  });
});

describe('the adaptation', () => {
  it('tells the second of two tabs that learned at once to compute again', async () => {
    const other = await profile.open();
    const base = sampleAdaptation('a', 1);
    await storage.adaptation.save(base, null);
    const first = await storage.adaptation.save(sampleAdaptation('b', 2), base);
    const second = await other.adaptation.save(sampleAdaptation('c', 2), base);
    expect(first.ok).toBe(true);
    expect(second).toEqual({ ok: false, error: { kind: 'stale', current: sampleAdaptation('b', 2) } });
    expect(await storage.adaptation.get('router-1')).toEqual(sampleAdaptation('b', 2));
    other.close();
  });

  it('is kept per artifact, and replaced only on request', async () => {
    await storage.adaptation.save(sampleAdaptation('a', 1), null);
    await storage.adaptation.save(sampleAdaptation('a', 1, 'router-2'), null);
    expect((await storage.adaptation.save(sampleAdaptation('z', 9), null)).ok).toBe(false);
    await storage.adaptation.replace(sampleAdaptation('z', 9));
    expect((await storage.adaptation.get('router-1'))?.appliedCount).toBe(9);
    expect((await storage.adaptation.get('router-2'))?.appliedCount).toBe(1);
  });
});
