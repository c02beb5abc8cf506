import { describe, expect, it, vi } from 'vitest';
import { ATTACHMENT_LIMITS } from '../../core/attachments';
import { UNDO_MS } from '../store/conversations';
import { createTestApp, testModel, type TestApp } from '../testing/test-app';
import { attachFiles } from './attach-files';
import { sendTurn } from './send-turn';

const IMAGE = new File([Uint8Array.of(1, 2, 3)], 'cat.png', { type: 'image/png' });
const NOTES = new File(['first line'], 'notes.md', { type: 'text/markdown' });

async function appWithVision(): Promise<TestApp> {
  const test = await createTestApp({ models: ['blind', 'seeing'] });
  const model = testModel('seeing', 1);
  await test.app.pool.saveModels([{ ...model, card: { ...model.card, modalities: ['text', 'image'] } }]);
  return test;
}

async function send(test: TestApp, prompt: string, chosenModelId: string | null = null, withoutImages = false) {
  const { attachments } = test.app.composer.store.getState();
  const outcome = await sendTurn(test.app, { prompt, chosenModelId, parentId: test.app.chat.store.getState().leafId, attachments, withoutImages });
  if (outcome.kind === 'sent') {
    test.app.composer.clear({ text: prompt, attachments }, outcome.conversationId);
    await outcome.answered;
  }
  return outcome;
}

function lastContent(test: TestApp) {
  return test.languageModel.requests.at(-1)?.messages.at(-1)?.content;
}

const pause = () => new Promise((resolve) => setTimeout(resolve, 20));

describe('attached files', () => {
  it('are kept in the draft, also after a reload, and gone when removed', async () => {
    const test = await createTestApp();
    expect(await attachFiles(test.app, [IMAGE, NOTES])).toEqual([]);
    await test.app.composer.settled();
    const again = await test.reopen();
    await again.app.composer.open(null);
    const { attachments } = again.app.composer.store.getState();
    expect(attachments.map(({ kind, name, size }) => [kind, name, size])).toEqual([['image', 'cat.png', 3], ['text', 'notes.md', 10]]);
    const id = attachments[0]?.id ?? '';
    expect((await again.storage.attachments.get(id))?.bytes).toEqual(Uint8Array.of(1, 2, 3));
    again.app.composer.detach(id);
    await again.app.composer.settled();
    expect(await again.storage.attachments.get(id)).toBeNull();
  });

  it('that cannot be sent are named, and the others are taken', async () => {
    const { app } = await createTestApp();
    const zip = new File([Uint8Array.of(80, 75, 3, 4, 0, 0)], 'a.zip', { type: 'application/zip' });
    const long = new File(['x'.repeat(ATTACHMENT_LIMITS.textBytes + 1)], 'long.txt', { type: 'text/plain' });
    const problems = await attachFiles(app, [zip, long, new File([], 'none.txt'), NOTES]);
    expect(problems.map(({ kind }) => kind)).toEqual(['not_readable', 'too_large', 'empty']);
    expect(app.composer.store.getState().attachments.map(({ name }) => name)).toEqual(['notes.md']);
    const many = Array.from({ length: ATTACHMENT_LIMITS.count }, () => NOTES);
    expect(await attachFiles(app, many)).toEqual([{ kind: 'too_many', limit: ATTACHMENT_LIMITS.count }]);
    expect(app.composer.store.getState().attachments).toHaveLength(ATTACHMENT_LIMITS.count);
  });

  it('text goes to any model, as text before the prompt', async () => {
    const test = await createTestApp({ models: ['a'] });
    await attachFiles(test.app, [NOTES]);
    await send(test, 'Summarise.');
    expect(lastContent(test)).toBe('<file name="notes.md">\nfirst line\n</file>\n\nSummarise.');
    await send(test, 'Shorter.');
    expect(test.languageModel.requests.at(-1)?.messages[0]?.content).toContain('first line');
  });

  it('an image asks the router for models that take images, also for what follows in the chat', async () => {
    const test = await appWithVision();
    test.engine.rank = (candidates) => candidates.toReversed();
    const asked: string[][] = [];
    test.engine.plan = (_ids, request) => {
      asked.push([...request.constraints.requiredModalities]);
      return { kind: 'single', modelId: 'test/seeing', propensity: 1 };
    };
    await attachFiles(test.app, [IMAGE]);
    await send(test, 'What is this?');
    await send(test, 'And its colour?');
    expect(asked).toEqual([['text', 'image'], ['text', 'image']]);
    expect(test.languageModel.requests[0]?.messages[0]?.content).toEqual([{ type: 'image', mediaType: 'image/png', bytes: Uint8Array.of(1, 2, 3) }, { type: 'text', text: 'What is this?' }]);
  });

  it('that no default takes are waited for by a router that is late, and by one that sleeps not at all', async () => {
    const test = await createTestApp({ models: ['blind'] });
    await attachFiles(test.app, [IMAGE]);
    const { route } = test.engine.handlers;
    test.engine.plan = () => ({ kind: 'none', relax: ['missing_modality'] });
    let release: () => void = () => undefined;
    test.engine.handlers.route = async (request) => {
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      return route(request);
    };
    const late = send(test, 'What is this?');
    await pause();
    test.clock.advance(1000);
    await pause();
    release();
    expect(await late).toMatchObject({ kind: 'nothing_qualifies' });

    const asleep = await createTestApp({ models: ['blind'], start: false });
    await asleep.app.pool.load();
    await attachFiles(asleep.app, [IMAGE]);
    const sleeping = send(asleep, 'What is this?');
    await pause();
    asleep.clock.advance(300);
    expect(await sleeping).toEqual({ kind: 'not_ready' });
  });

  it('an image is not dropped unasked by a model that was chosen', async () => {
    const test = await appWithVision();
    await attachFiles(test.app, [IMAGE]);
    expect(await send(test, 'What is this?', 'test/blind')).toEqual({ kind: 'takes_no_images', modelId: 'test/blind' });
    expect(test.languageModel.requests).toEqual([]);
    expect((await send(test, 'What is this?', 'test/blind', true)).kind).toBe('sent');
    expect(lastContent(test)).toContain('The image "cat.png" is left out');
  });

  it('go with their chat when that is final, and come back with it', async () => {
    const test = await createTestApp({ models: ['a'] });
    await attachFiles(test.app, [NOTES]);
    const id = test.app.composer.store.getState().attachments[0]?.id ?? '';
    const outcome = await send(test, 'Summarise.');
    if (outcome.kind !== 'sent') throw new Error(outcome.kind);
    const { conversations } = test.app;
    await conversations.remove(outcome.conversationId);
    await conversations.restore(outcome.conversationId);
    test.clock.advance(UNDO_MS);
    expect((await test.storage.attachments.get(id))?.bytes).toEqual(new TextEncoder().encode('first line'));
    await conversations.remove(outcome.conversationId);
    test.clock.advance(UNDO_MS);
    await vi.waitFor(async () => expect(await test.storage.attachments.get(id)).toBeNull());
  });
});
