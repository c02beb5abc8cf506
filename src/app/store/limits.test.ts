import { describe, expect, it } from 'vitest';
import { NO_RULES } from '../../core/routing';
import { routingRequest } from '../use-cases/routing-request';
import { sendTurn } from '../use-cases/send-turn';
import { createTestApp, testCard } from '../testing/test-app';

describe('limits', () => {
  it('hold everywhere until a chat has its own, which are stored with its first turn', async () => {
    const { app, storage, reopen } = await createTestApp({ models: ['a', 'b'] });
    await app.limits.changeRules({ vision: true });
    expect(app.limits.current()).toMatchObject({ scope: 'everywhere', rules: { vision: true } });
    await app.limits.setForChat({ rules: { ...NO_RULES, maxCostUsd: 0.5 }, excludedModelIds: ['test/b'] });
    expect(app.limits.current()).toMatchObject({ scope: 'chat', rules: { vision: false, maxCostUsd: 0.5 }, excludedModelIds: ['test/b'] });

    const outcome = await sendTurn(app, { prompt: 'Why?', chosenModelId: 'test/a', parentId: null });
    if (outcome.kind !== 'sent') throw new Error(outcome.kind);
    await outcome.answered;
    expect((await storage.conversations.get(outcome.conversationId))?.limits).toEqual({ rules: { ...NO_RULES, maxCostUsd: 0.5 }, excludedModelIds: ['test/b'] });
    expect(app.limits.pending()).toBeNull();
    await app.limits.changeRules({ tools: true });
    expect(app.settings.store.getState().constraints).toMatchObject({ vision: true, tools: false });

    const { app: again } = await reopen();
    await again.chat.open(outcome.conversationId);
    expect(again.limits.current()).toMatchObject({ scope: 'chat', rules: { maxCostUsd: 0.5, tools: true } });
    await again.limits.setForChat(null);
    expect(again.limits.current()).toMatchObject({ scope: 'everywhere', rules: { vision: true } });
  });

  it('reach the router, with spent budgets', async () => {
    const { app, clock } = await createTestApp({ models: ['a'] });
    await app.limits.changeRules({ connectionIds: ['other'] });
    await app.budget.setLimit('test', 1);
    await app.budget.record({ id: 'r', at: clock.now(), connectionId: 'test', modelId: 'test/a', inputTokens: 1, outputTokens: 1, costUsd: 1 });
    expect((await routingRequest(app, 'Why?', [], true)).constraints).toMatchObject({ connectionIds: ['other'], spentConnectionIds: ['test'] });
  });

  it('do not hold the catalogue, which nobody serves, to a provider', async () => {
    const { app } = await createTestApp({ catalogue: [testCard('known')] });
    await app.limits.changeRules({ connectionIds: ['other'] });
    expect((await routingRequest(app, 'Why?', [], true)).constraints.connectionIds).toBeNull();
  });
});
