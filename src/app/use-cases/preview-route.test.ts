import { describe, expect, it } from 'vitest';
import { createTestApp, testCard } from '../testing/test-app';
import { watchPreview } from './preview-route';
import { sendTurn } from './send-turn';

const settle = () => new Promise((resolve) => setTimeout(resolve, 15));

describe('the preview', () => {
  it('routes once after a pause in typing, not for every key', async () => {
    const { app, engine, clock } = await createTestApp({ models: ['a', 'b'] });
    const stop = watchPreview(app);
    for (const text of ['W', 'Wh', 'Why']) {
      app.composer.setText(text);
      clock.advance(100);
    }
    clock.advance(250);
    await settle();
    expect(engine.calls.filter((method) => method === 'route')).toHaveLength(1);
    const { preview } = app.composer.store.getState();
    expect(preview).toMatchObject({ kind: 'decided', decision: { ranking: [{ modelId: 'test/a' }, { modelId: 'test/b' }] } });
    stop();
  });

  it('keeps up with someone who types without a pause, and marks what is behind the text', async () => {
    const { app, engine, clock } = await createTestApp({ models: ['a', 'b'] });
    const stop = watchPreview(app);
    for (let length = 1; length <= 12; length += 1) {
      app.composer.setText('x'.repeat(length));
      clock.advance(100);
    }
    await settle();
    expect(engine.calls.filter((method) => method === 'route')).toHaveLength(1);
    expect(app.composer.store.getState().preview).toMatchObject({ kind: 'decided', isStale: true });
    clock.advance(250);
    await settle();
    expect(engine.calls.filter((method) => method === 'route')).toHaveLength(2);
    expect(app.composer.store.getState().preview).toMatchObject({ kind: 'decided', isStale: false });
    app.composer.setText('another');
    expect(app.composer.store.getState().preview).toMatchObject({ kind: 'decided', isStale: true });
    stop();
  });

  it('cancels a run that a newer one overtakes', async () => {
    const { app, engine, clock } = await createTestApp({ models: ['a', 'b'] });
    const route = engine.handlers.route;
    const held: (() => void)[] = [];
    engine.handlers.route = async (request) => {
      await new Promise<void>((resolve) => held.push(resolve));
      return route(request);
    };
    const stop = watchPreview(app);
    app.composer.setText('first');
    clock.advance(250);
    await settle();
    app.composer.setText('second');
    clock.advance(250);
    await settle();
    held[1]?.();
    await settle();
    const { preview } = app.composer.store.getState();
    expect(preview).toMatchObject({ kind: 'decided', isStale: false });
    held[0]?.();
    await settle();
    expect(app.composer.store.getState().preview).toBe(preview);
    stop();
  });

  it('serves the send, which then routes no second time', async () => {
    const { app, engine, clock } = await createTestApp({ models: ['a', 'b'] });
    const stop = watchPreview(app);
    app.composer.setText('Why? ');
    clock.advance(250);
    await settle();
    const outcome = await sendTurn(app, { prompt: 'Why?', chosenModelId: null, parentId: null });
    expect(outcome.kind).toBe('sent');
    expect(engine.calls.filter((method) => method === 'route')).toHaveLength(1);
    if (outcome.kind === 'sent') await outcome.answered;
    stop();
  });

  it('is routed anew when a setting that matters changes', async () => {
    const { app, engine, clock } = await createTestApp({ models: ['a', 'b'] });
    const stop = watchPreview(app);
    app.composer.setText('Why?');
    clock.advance(250);
    await settle();
    await app.settings.set('utility', { economy: 1, speed: 0, length: 0, quality: 0 });
    clock.advance(250);
    await settle();
    expect(engine.calls.filter((method) => method === 'route')).toHaveLength(2);
    stop();
  });

  it('ranks the public catalogue while nothing is connected', async () => {
    const { app, clock } = await createTestApp({ catalogue: [testCard('known'), testCard('other')] });
    const stop = watchPreview(app);
    app.composer.setText('Why?');
    clock.advance(250);
    await settle();
    const { preview } = app.composer.store.getState();
    expect(preview.kind === 'decided' && preview.decision.ranking.map((candidate) => candidate.modelId)).toEqual(['test/known', 'test/other']);
    stop();
  });

  it('disappears with the text, and after a failure', async () => {
    const { app, engine, clock } = await createTestApp({ models: ['a'] });
    const stop = watchPreview(app);
    engine.handlers.route = () => Promise.reject(new Error('broken'));
    app.composer.setText('Why?');
    expect(app.composer.store.getState().preview.kind).toBe('routing');
    clock.advance(250);
    await settle();
    expect(app.composer.store.getState().preview.kind).toBe('none');
    stop();
  });
});
