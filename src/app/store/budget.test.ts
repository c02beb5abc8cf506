import { describe, expect, it } from 'vitest';
import { sendTurn } from '../use-cases/send-turn';
import { createTestApp, type TestApp } from '../testing/test-app';
import { monthStart } from './budget';

async function ask(test: TestApp, prompt: string): Promise<string> {
  const outcome = await sendTurn(test.app, { prompt, chosenModelId: 'test/a', parentId: null });
  if (outcome.kind !== 'sent') throw new Error(outcome.kind);
  await outcome.answered;
  return outcome.conversationId;
}

describe('the budget', () => {
  it('counts every answer of the month, also of a chat that was deleted, and after a reload', async () => {
    const test = await createTestApp({ models: ['a'] });
    const conversationId = await ask(test, 'Why?');
    const { spending } = test.app.budget.monthOf('test');
    const stored = (await test.storage.turns.list(conversationId))[0]?.responses[0];
    expect(stored?.costUsd).toBeGreaterThan(0);
    expect(spending).toEqual({ usd: stored?.costUsd, unpriced: 0, responses: 1 });
    await test.app.conversations.remove(conversationId);
    const { app } = await test.reopen();
    expect(app.budget.monthOf('test').spending).toEqual(spending);
  });

  it('counts the prompt of an answer that broke off before its first word only while it may be charged', async () => {
    const test = await createTestApp({ models: ['a'] });
    test.languageModel.scripts.set('a', [{ fail: { kind: 'server_error', status: 500, detail: 'down' } }]);
    await ask(test, 'Why?');
    expect(test.app.budget.monthOf('test').spending.responses).toBe(0);
  });

  it('begins anew with the local calendar month', async () => {
    const test = await createTestApp({ models: ['a'] });
    const now = test.clock.now();
    const record = (id: string, at: number) => test.app.budget.record({ id, at, connectionId: 'test', modelId: 'test/a', inputTokens: 1, outputTokens: 1, costUsd: 2 });
    await record('last month', monthStart(now) - 1);
    await record('this month', monthStart(now));
    expect(test.app.budget.monthOf('test').spending.usd).toBe(2);
    expect(new Date(monthStart(now)).getDate()).toBe(1);
  });

  it('warns, stops, and lets go of a limit', async () => {
    const test = await createTestApp({ models: ['a'] });
    await test.app.budget.record({ id: 'r', at: test.clock.now(), connectionId: 'test', modelId: 'test/a', inputTokens: 1, outputTokens: 1, costUsd: 8 });
    await test.app.budget.setLimit('test', 10);
    expect(test.app.budget.monthOf('test').level).toBe('warning');
    await test.app.budget.setLimit('test', 8);
    expect(test.app.budget.isSpent('test')).toBe(true);
    expect(test.app.budget.spentConnectionIds()).toEqual(['test']);
    await test.app.budget.setLimit('test', null);
    expect(test.app.budget.spentConnectionIds()).toEqual([]);
    expect(test.app.settings.store.getState().budgets).toEqual({});
  });

  it('takes over what was spent before costs were kept apart', async () => {
    const test = await createTestApp({ models: ['a'] });
    await ask(test, 'Why?');
    const before = test.app.budget.monthOf('test').spending;
    const [only] = await test.storage.expenses.since(0);
    await test.storage.expenses.remove(only?.id ?? '');
    const { app } = await test.reopen();
    expect(app.budget.monthOf('test').spending).toEqual(before);
  });
});
