import { describe, expect, it } from 'vitest';
import { NO_DRIFT } from '../../../core/drift';
import type { PreferencePair, PreferenceSource } from '../../../core/preference';
import { createTestApp, TEST_CONNECTION } from '../../testing/test-app';
import { featuresOf } from '../../testing/fake-engine';
import { currentWeights, detectedChange, filterLog, sourcesIn, verdictText, weightText } from './log-rows';
import { bytesText, contentText, createBackup, eraseEverything, passphraseProblem, readBackupFile, restore } from './transfer';

function pick(id: string, part: Partial<PreferencePair> = {}): PreferencePair {
  const response = (modelId: string) => ({ modelId, features: featuresOf(modelId), blindUtility: 0, words: 20, costUsd: null, latencyMs: null });
  return {
    id, createdAt: Number(id.replace(/\D/g, '')) || 1, source: 'compare', outcome: 'win', chosen: response('test/a'), rejected: response('test/b'),
    queryEmbedding: new Float32Array(384), promptExcerpt: `Prompt ${id}`, weight: 1, blind: true, chosenSide: 'left', propensity: 1,
    artifactVersion: 'router-test', conversationId: null, turnId: null, undoneAt: null, ...part,
  };
}

describe('the pick log', () => {
  const log = [pick('p1'), pick('p2', { source: 'thumb', rejected: null, outcome: 'both_bad' }), pick('p3', { undoneAt: 7 })];

  it('is shown newest first and filtered by kind and words', () => {
    expect(filterLog(log, 'all', '').map((row) => row.id)).toEqual(['p3', 'p2', 'p1']);
    expect(filterLog(log, 'thumb', '').map((row) => row.id)).toEqual(['p2']);
    expect(filterLog(log, 'undone', '').map((row) => row.id)).toEqual(['p3']);
    expect(filterLog(log, 'all', 'PROMPT P1').map((row) => row.id)).toEqual(['p1']);
    expect(sourcesIn(log)).toEqual<PreferenceSource[]>(['compare', 'thumb']);
  });

  it('says what a pick said', () => {
    const name = (id: string) => id.slice(5).toUpperCase();
    expect(verdictText(pick('p1'), name)).toBe('A over B');
    expect(verdictText(pick('p1', { outcome: 'tie' }), name)).toBe('A and B: equally good');
    expect(verdictText(pick('p1', { rejected: null, outcome: 'both_bad' }), name)).toBe('A: poor answer');
    expect(verdictText(pick('p1', { source: 'quiz' }), name)).toMatch(/^“.*20 words” over “.*20 words”$/);
  });

  it('weighs a pick by source and age, and an undone one not at all', () => {
    const aged = [pick('p1', { weight: 0.5 }), pick('p2'), pick('p3', { undoneAt: 7 })];
    const adaptation = { schemaVersion: 1 as const, artifactVersion: '', userEmbedding: [], covariance: [], lastAppliedId: 'p2', appliedCount: 2, drift: { ...NO_DRIFT, halfLifePicks: 1 } };
    const weights = currentWeights(aged, adaptation);
    expect([...weights]).toEqual([['p1', 0.25], ['p2', 1]]);
    expect([weightText(weights.get('p1')), weightText(weights.get('p2')), weightText(weights.get('p3')), weightText(0.001)]).toEqual(['counts 25 %', 'counts in full', 'does not count', 'hardly counts']);
  });

  it('tells of a change of taste only when one stands', () => {
    const state = (changeAtPickId: string | null) => ({ schemaVersion: 1 as const, artifactVersion: '', userEmbedding: [], covariance: [], lastAppliedId: 'p2', appliedCount: 2, drift: { ...NO_DRIFT, changeAtPickId } });
    expect(detectedChange(log, state('p2'))).toEqual({ at: 2, before: 1 });
    expect(detectedChange(log, state(null))).toBeNull();
    expect(detectedChange(log, state('gone'))).toBeNull();
    expect(detectedChange(log, null)).toBeNull();
  });
});

describe('backup and restore', () => {
  async function filled() {
    const test = await createTestApp({ models: ['a', 'b'] });
    await test.app.pool.saveConnection({ ...TEST_CONNECTION, apiKey: 'sk-secret' });
    await test.app.memory.record(pick('p1'));
    await test.app.memory.record(pick('p2'));
    await test.app.settings.set('theme', 'dark');
    return test;
  }

  it('moves everything to a clean profile, where it is learned to the same state', async () => {
    const source = await filled();
    const { blob, counts } = await createBackup(source.app, { kind: 'plain' });
    expect(contentText(counts)).toBe('2 picks, 1 connection, 2 models');
    expect(source.app.settings.store.getState().lastBackupAt).toBe(source.clock.now());
    const target = await createTestApp();
    const read = await readBackupFile(target.app, blob, null);
    if (!read.ok) throw new Error(read.problem);
    await restore(target.app, read.backup, 'merge');
    expect(target.app.memory.store.getState().adaptation).toEqual(source.app.memory.store.getState().adaptation);
    expect(target.app.pool.available().map((model) => model.id)).toEqual(['test/a', 'test/b']);
    expect(target.app.pool.store.getState().connections[0]?.apiKey).toBe('sk-secret');
    await expect.poll(() => target.app.settings.store.getState().theme).toBe('dark');
  });

  it('leaves keys out unless asked for, and locks them when wanted', async () => {
    const { app } = await filled();
    expect(await (await createBackup(app, { kind: 'none' })).blob.text()).not.toContain('sk-secret');
    const { blob } = await createBackup(app, { kind: 'encrypted', passphrase: 'correct horse battery' });
    expect(await blob.text()).not.toContain('sk-secret');
    const locked = await readBackupFile(app, blob, null);
    expect(locked.ok && locked.backup.keys).toBe('locked');
    const wrong = await readBackupFile(app, blob, 'something else');
    expect(wrong.ok ? '' : wrong.problem).toContain('passphrase');
    const open = await readBackupFile(app, blob, 'correct horse battery');
    expect(open.ok && open.backup.rows.connections[0]?.apiKey).toBe('sk-secret');
  });

  it('says what is wrong with a file', async () => {
    const { app } = await createTestApp();
    const read = await readBackupFile(app, '{"format":"other"}', null);
    expect(read.ok ? '' : read.problem).toContain('not a Tacit backup');
  });

  it('replaces what is there on request', async () => {
    const source = await filled();
    const { blob } = await createBackup(source.app, { kind: 'none' });
    const target = await createTestApp();
    await target.app.memory.record(pick('p9'));
    const read = await readBackupFile(target.app, blob, null);
    if (!read.ok) throw new Error(read.problem);
    await restore(target.app, read.backup, 'replace');
    expect(target.app.memory.store.getState().log.map((row) => row.id)).toEqual(['p1', 'p2']);
  });

  it('erases everything', async () => {
    const { app } = await filled();
    await eraseEverything(app);
    expect(app.memory.store.getState().log).toEqual([]);
    expect(app.memory.store.getState().adaptation?.appliedCount ?? 0).toBe(0);
    expect(app.pool.store.getState()).toMatchObject({ models: [], connections: [] });
    await expect.poll(() => app.settings.store.getState().theme).toBe('system');
  });
});

describe('words about files', () => {
  it('counts and measures', () => {
    expect([bytesText(12), bytesText(4200), bytesText(4_260_000), bytesText(2.5e9)]).toEqual(['12 bytes', '4 kB', '4.3 MB', '2.5 GB']);
  });

  it('refuses a passphrase that protects nothing', () => {
    expect(passphraseProblem('short', 'short')).toContain('10 characters');
    expect(passphraseProblem('long enough 1', 'long enough 2')).toBe('The two do not agree.');
    expect(passphraseProblem('long enough 1', 'long enough 1')).toBeNull();
  });
});
