import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { sampleConversation, sampleDecision, samplePreference, sampleResponse, sampleTurn } from '../../storage/testing/samples';
import { createTestApp } from '../testing/test-app';
import { exportAllJson, exportAllMarkdown, exportChatJson, exportChatMarkdown } from './export-chats';

async function filled() {
  const test = await createTestApp();
  const { storage } = test;
  const one = { ...sampleConversation('one', 50), title: 'A/B: "tests"?', createdAt: Date.UTC(2026, 0, 2, 3, 4), currentTurnId: 't2' };
  const two = { ...sampleConversation('two', 60), title: 'A/B: "tests"?', createdAt: Date.UTC(2026, 0, 2, 3, 4), currentTurnId: null };
  await storage.turns.save(sampleTurn('t1', 'one', { prompt: 'First', createdAt: Date.UTC(2026, 0, 2, 3, 4), decision: sampleDecision(1), responses: [sampleResponse('r1', { text: 'One', startedAt: 0 }), sampleResponse('r2', { text: '# Two', modelName: 'Big\nModel', startedAt: 0 })], shownResponseId: 'r2' }), one);
  await storage.turns.save(sampleTurn('t2', 'one', { parentId: 't1', prompt: 'Second', createdAt: Date.UTC(2026, 0, 2, 3, 5), responses: [sampleResponse('r3', { text: 'Three', startedAt: 0 })], shownResponseId: 'r3' }));
  await storage.turns.save(sampleTurn('t2b', 'one', { parentId: 't1', prompt: 'Edited away', createdAt: Date.UTC(2026, 0, 2, 3, 6) }));
  await storage.turns.save(sampleTurn('u1', 'two', { prompt: 'Hello' }), two);
  await storage.preferences.append(samplePreference('p1'));
  return { ...test, one };
}

describe('exporting chats', () => {
  it('writes the path on screen as Markdown, with models and dates', async () => {
    const { app, one } = await filled();
    const { blob, fileName } = await exportChatMarkdown(app, one);
    expect(fileName).toBe('2026-01-02 A B tests.md');
    expect(await blob.text()).toBe(`# A/B: "tests"?

Exported from Tacit · 2026-01-02 03:04 UTC

---

**You** · 2026-01-02 03:04 UTC

First

---

**Big Model** · 1970-01-01 00:00 UTC

# Two

*One other answer to this prompt is not shown here.*

---

**You** · 2026-01-02 03:05 UTC

Second

---

**Tiny** · 1970-01-01 00:00 UTC

Three
`);
  });

  it('zips every chat, also those of one name', async () => {
    const { app } = await filled();
    const seen: string[] = [];
    const { blob } = await exportAllMarkdown(app, (done, total) => seen.push(`${done}/${total}`));
    const members = unzipSync(new Uint8Array(await blob.arrayBuffer()));
    expect(Object.keys(members).toSorted()).toEqual(['2026-01-02 A B tests (2).md', '2026-01-02 A B tests.md']);
    expect(Object.values(members).some((content) => strFromU8(content).includes('Edited away'))).toBe(false);
    expect(seen).toEqual(['1/2', '2/2']);
  });

  it('writes JSON that brings a chat back whole, and nothing else', async () => {
    const { app, one, storage } = await filled();
    const { blob } = await exportChatJson(app, one);
    const target = await createTestApp();
    const read = await target.storage.readBackup(blob);
    if (!read.ok) throw new Error(read.error.kind);
    expect(read.value.counts).toMatchObject({ conversations: 1, turns: 3, decisions: 1, preferences: 0, settings: 0 });
    await target.storage.restoreBackup(read.value, 'merge');
    expect(await target.storage.turns.list('one')).toEqual(await storage.turns.list('one'));
    const all = await target.storage.readBackup((await exportAllJson(app)).blob);
    expect(all.ok && all.value.counts.conversations).toBe(2);
  });
});
