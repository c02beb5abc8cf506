import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ModelResponse } from '../core/conversation';
import { createLocks } from './locks';
import { ProgressWriter } from './progress-writer';
import { streamLockName } from './recovery';
import { sampleConversation, sampleResponse, sampleTurn } from './testing/samples';
import { MemoryProfile } from './testing/memory-storage';
import { storageError, StorageFailure, type StorageError } from './storage-error';
import type { TacitStorage } from './storage';

const streaming = sampleResponse('r', { status: 'streaming', text: '', finishedAt: null });

async function streamingTab(profile: MemoryProfile): Promise<TacitStorage> {
  const tab = await profile.open();
  await tab.turns.save(sampleTurn('t', 'c', { responses: [streaming] }), sampleConversation('c'));
  return tab;
}

type SaveProgress = (turnId: string, response: ModelResponse) => Promise<boolean>;

async function writerWith(saveResponseProgress: SaveProgress) {
  const onError = vi.fn<(error: StorageError) => void>();
  const locks = createLocks(undefined);
  const writer = await ProgressWriter.start({ turns: { saveResponseProgress }, locks, turnId: 't', responseId: 'r', intervalMs: 1000, onError });
  return { writer, onError, locks };
}

afterEach(() => vi.useRealTimers());

describe('a reload in the middle of a stream', () => {
  it('keeps the text received and says why it ends there', async () => {
    const profile = new MemoryProfile();
    const tab = await streamingTab(profile);
    await tab.turns.saveResponseProgress('t', { ...streaming, text: 'Half an ans' });
    tab.close();

    const reloaded = await profile.open({ now: () => 777 });
    expect(await reloaded.recoverInterrupted()).toEqual({ recovered: [{ turnId: 't', responseId: 'r' }], elsewhere: [] });
    expect((await reloaded.turns.get('t'))?.responses[0]).toMatchObject({
      text: 'Half an ans',
      status: 'stopped',
      finishedAt: 777,
      failure: { kind: 'interrupted' },
    });
    expect(await reloaded.recoverInterrupted()).toEqual({ recovered: [], elsewhere: [] });
    reloaded.close();
  });

  it('leaves alone what another living tab streams, and closes it when that tab dies', async () => {
    const profile = new MemoryProfile();
    const writerTab = await streamingTab(profile);
    const locks = profile.environment().locks;
    const dies = await locks?.tryHold(streamLockName('r'));
    expect(dies).toBeTypeOf('function');

    const second = await profile.open();
    expect(await second.recoverInterrupted()).toEqual({ recovered: [], elsewhere: [{ turnId: 't', responseId: 'r' }] });
    expect((await second.turns.get('t'))?.responses[0]?.status).toBe('streaming');

    dies?.();
    await vi.waitFor(async () => expect((await second.turns.get('t'))?.responses[0]?.status).toBe('stopped'));
    second.close();
    writerTab.close();
  });

  it('does nothing after the living tab has finished by itself', async () => {
    const profile = new MemoryProfile();
    const tab = await streamingTab(profile);
    const writer = await tab.startProgress({ turnId: 't', responseId: 'r', onError: () => undefined });
    const second = await profile.open();
    await second.recoverInterrupted();
    expect(await writer.finish({ ...streaming, status: 'complete', text: 'All of it' })).toBe(true);
    // The lock is free again only after the second tab has looked.
    await vi.waitFor(async () => expect(await profile.environment().locks?.tryHold(streamLockName('r'))).not.toBeNull());
    expect((await second.turns.get('t'))?.responses[0]).toMatchObject({ status: 'complete', text: 'All of it', failure: null });
    second.close();
    tab.close();
  });

  it('lets a tab that was wrongly given up go on', async () => {
    const profile = new MemoryProfile();
    const tab = await streamingTab(profile);
    const blind = await profile.open();
    await blind.recoverInterrupted();
    await tab.turns.saveResponseProgress('t', { ...streaming, text: 'still here' });
    expect((await tab.turns.get('t'))?.responses[0]).toMatchObject({ status: 'streaming', text: 'still here', failure: null });
    blind.close();
    tab.close();
  });
});

describe('ProgressWriter', () => {
  it('writes the newest text once per interval, however many parts arrive', async () => {
    vi.useFakeTimers();
    const save = vi.fn<SaveProgress>(async () => true);
    const { writer } = await writerWith(save);
    for (let part = 1; part <= 50; part += 1) writer.push({ ...streaming, text: 'x'.repeat(part) });
    expect(save).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1000);
    expect(save).toHaveBeenCalledExactlyOnceWith('t', { ...streaming, text: 'x'.repeat(50) });
    await vi.advanceTimersByTimeAsync(5000);
    expect(save).toHaveBeenCalledTimes(1);
  });

  it('never has two writes in flight and ends with the final state', async () => {
    vi.useFakeTimers();
    let inFlight = 0;
    let most = 0;
    const written: string[] = [];
    const { writer } = await writerWith(async (_turnId, response) => {
      inFlight += 1;
      most = Math.max(most, inFlight);
      await new Promise((resolve) => setTimeout(resolve, 3000));
      written.push(response.text);
      inFlight -= 1;
      return true;
    });
    writer.push({ ...streaming, text: 'a' });
    await vi.advanceTimersByTimeAsync(1500);
    writer.push({ ...streaming, text: 'ab' });
    await vi.advanceTimersByTimeAsync(1500);
    const finished = writer.finish({ ...streaming, status: 'complete', text: 'abc' });
    await vi.advanceTimersByTimeAsync(20_000);
    expect(await finished).toBe(true);
    expect(most).toBe(1);
    expect(written.at(-1)).toBe('abc');
  });

  it('reports a full disk, goes on, and writes everything once there is room', async () => {
    const save = vi
      .fn<SaveProgress>()
      .mockRejectedValueOnce(new StorageFailure(storageError('quota', 'full')))
      .mockResolvedValue(true);
    const { writer, onError } = await writerWith(save);
    writer.push({ ...streaming, text: 'one' });
    await writer.flush();
    expect(onError).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ kind: 'quota' }));
    await writer.flush();
    expect(save).toHaveBeenLastCalledWith('t', { ...streaming, text: 'one' });
    expect(await writer.finish({ ...streaming, status: 'complete', text: 'one two' })).toBe(true);
  });

  it('says so when the end could not be stored, and lets go of the lock all the same', async () => {
    const { writer, onError, locks } = await writerWith(async () => {
      throw new StorageFailure(storageError('closed', 'gone'));
    });
    expect(await locks.tryHold(streamLockName('r'))).toBeNull();
    expect(await writer.finish({ ...streaming, status: 'complete' })).toBe(false);
    expect(onError).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ kind: 'closed' }));
    expect(await locks.tryHold(streamLockName('r'))).not.toBeNull();
  });
});
