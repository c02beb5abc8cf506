import { describe, expect, it } from 'vitest';
import { createTestApp } from '../testing/test-app';

describe('the composer', () => {
  it('stores every change as a draft that survives a reload', async () => {
    const test = await createTestApp();
    await test.app.composer.open(null);
    test.app.composer.setText('Half a thou');
    test.app.composer.setText('Half a thought');
    await test.app.composer.settled();
    const again = await test.reopen();
    await again.app.composer.open(null);
    expect(again.app.composer.store.getState().text).toBe('Half a thought');
  });

  it('keeps one draft for each conversation', async () => {
    const { app } = await createTestApp();
    await app.composer.open('one');
    app.composer.setText('For one');
    await app.composer.open('two');
    expect(app.composer.store.getState().text).toBe('');
    app.composer.setText('For two');
    await app.composer.open('one');
    expect(app.composer.store.getState().text).toBe('For one');
  });

  it('keeps what is typed while a draft is still being read', async () => {
    const test = await createTestApp();
    await test.app.composer.open('one');
    test.app.composer.setText('Kept. ');
    const leaving = test.app.composer.open('two');
    expect(test.app.composer.store.getState().text).toBe('');
    test.app.composer.setText('For two');
    await leaving;
    const coming = test.app.composer.open('one');
    test.app.composer.setText('Typed at once');
    await coming;
    expect(test.app.composer.store.getState().text).toBe('Kept. Typed at once');
    await test.app.composer.settled();
    expect((await test.storage.drafts.get('one'))?.text).toBe('Kept. Typed at once');
    expect((await test.storage.drafts.get('two'))?.text).toBe('For two');
  });

  it('gives up only what was sent', async () => {
    const test = await createTestApp();
    await test.app.composer.open(null);
    test.app.composer.setText('Sent');
    test.app.composer.setText('Sent and more');
    test.app.composer.clear({ text: 'Sent', attachments: [] }, 'conversation');
    await test.app.composer.settled();
    expect(test.app.composer.store.getState().text).toBe(' and more');
    expect((await test.storage.drafts.get('conversation'))?.text).toBe(' and more');
    expect(await test.storage.drafts.get('new')).toBeNull();
  });

  it('goes back to Auto after a send', async () => {
    const { app } = await createTestApp();
    app.composer.choose('test/a');
    app.composer.clear({ text: '', attachments: [] }, 'conversation');
    expect(app.composer.store.getState().chosenModelId).toBeNull();
  });
});
