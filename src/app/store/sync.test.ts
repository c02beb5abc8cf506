import { describe, expect, it } from 'vitest';
import { MemoryRemote } from '../../storage/testing/memory-remote';
import { sampleConversation, samplePreference, sampleTurn } from '../../storage/testing/samples';
import { createTestApp } from '../testing/test-app';
import type { SyncPlan } from './sync';

const PLAN: SyncPlan = { place: { kind: 'webdav', url: 'https://dav.example/Tacit', user: 'me', password: 'pw' }, passphrase: 'correct horse battery', remember: true, withKeys: false };

describe('syncing from the app', () => {
  it('brings a second device what the first has, and learns from it', async () => {
    const remote = new MemoryRemote();
    const phone = await createTestApp({ remote, models: ['a', 'b'] });
    await phone.storage.turns.save(sampleTurn('t', 'c'), sampleConversation('c'));
    await phone.app.memory.record(samplePreference('p1'));
    expect(await phone.app.sync.connect(PLAN)).toBeNull();
    const desk = await createTestApp({ remote });
    expect(await desk.app.sync.connect({ ...PLAN, passphrase: 'something else' })).toEqual({ kind: 'wrong_passphrase', detail: 'tacit-vault.json' });
    expect(desk.app.settings.store.getState().sync.mode).toBe('off');
    expect(await desk.app.sync.connect(PLAN)).toBeNull();
    expect(await desk.storage.conversations.get('c')).not.toBeNull();
    expect(desk.app.memory.store.getState().adaptation?.lastAppliedId).toBe('p1');
    expect(desk.app.settings.store.getState().sync).toMatchObject({ mode: 'webdav', lastSyncedAt: desk.clock.now() });
  });

  it('goes on by itself after a restart, and every so often', async () => {
    const remote = new MemoryRemote();
    const phone = await createTestApp({ remote });
    await phone.app.sync.connect(PLAN);
    const again = await phone.reopen();
    await expect.poll(() => again.app.sync.store.getState().outcome).not.toBeNull();
    const rounds = () => remote.log.filter((entry) => entry === 'list').length;
    const before = rounds();
    again.clock.advance(15 * 60_000);
    await expect.poll(rounds).toBeGreaterThan(before);
    await expect.poll(() => again.app.sync.store.getState().phase.kind).toBe('idle');
  });

  it('asks for the passphrase where it was not to be remembered', async () => {
    const remote = new MemoryRemote();
    const phone = await createTestApp({ remote });
    await phone.app.sync.connect({ ...PLAN, remember: false });
    const again = await phone.reopen();
    await expect.poll(() => again.app.sync.store.getState().phase).toMatchObject({ kind: 'failed', problem: { kind: 'needs_passphrase' } });
    expect(await again.app.sync.unlock(PLAN.passphrase, 'pw')).toBeNull();
    expect(again.app.sync.store.getState().phase).toEqual({ kind: 'idle' });
  });

  it('shows what went wrong, keeps everything, and stops on request', async () => {
    const remote = new MemoryRemote();
    const { app, storage } = await createTestApp({ remote });
    await storage.turns.save(sampleTurn('t', 'c'), sampleConversation('c'));
    await app.sync.connect(PLAN);
    remote.failing = { pattern: /list/, kind: 'offline' };
    await app.sync.syncNow(true);
    expect(app.sync.store.getState().phase).toMatchObject({ kind: 'failed', problem: { kind: 'offline' } });
    remote.failing = null;
    await app.sync.disconnect();
    expect(app.settings.store.getState().sync.mode).toBe('off');
    expect(await storage.conversations.get('c')).not.toBeNull();
    expect((await storage.sync.secrets()).vault).toBeNull();
  });
});
