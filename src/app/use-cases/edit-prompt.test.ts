import { describe, expect, it } from 'vitest';
import { branch, shownResponse, siblings } from '../store/turn-tree';
import { createTestApp, type TestApp } from '../testing/test-app';
import { sendEdited } from './edit-prompt';
import { sendTurn } from './send-turn';

async function send(test: TestApp, prompt: string, chosenModelId: string | null = null) {
  const outcome = await sendTurn(test.app, { prompt, chosenModelId, parentId: test.app.chat.store.getState().leafId });
  if (outcome.kind === 'sent') await outcome.answered;
}

async function edit(test: TestApp, turnId: string, prompt: string) {
  const outcome = await sendEdited(test.app, turnId, prompt);
  if (outcome?.kind === 'sent') await outcome.answered;
}

function prompts({ app }: TestApp): readonly string[] {
  const { turns, leafId } = app.chat.store.getState();
  return branch(turns, leafId).map((turn) => turn.prompt);
}

function turnOf({ app }: TestApp, prompt: string) {
  const turn = app.chat.store.getState().turns.find((candidate) => candidate.prompt === prompt);
  if (!turn) throw new Error(`There is no turn ${prompt}`);
  return turn;
}

describe('an edited prompt', () => {
  it('begins a branch beside the old one, which can be gone back to, also after a reload', async () => {
    const test = await createTestApp({ models: ['a'] });
    for (const prompt of ['One', 'Two', 'Three']) await send(test, prompt);
    test.app.chat.edit({ turnId: turnOf(test, 'Two').id, text: 'Two!' });
    await edit(test, turnOf(test, 'Two').id, 'Two!');
    expect(prompts(test)).toEqual(['One', 'Two!']);
    expect(test.app.chat.store.getState().editing).toBeNull();
    expect(test.languageModel.requests.at(-1)?.messages.map(({ content }) => content)).toEqual(['One', 'Answer of a.', 'Two!']);

    const versions = siblings(test.app.chat.store.getState().turns, turnOf(test, 'Two!'));
    expect(versions.map((turn) => turn.prompt)).toEqual(['Two', 'Two!']);
    await test.app.chat.showBranch(turnOf(test, 'Two').id);
    expect(prompts(test)).toEqual(['One', 'Two', 'Three']);

    const again = await test.reopen();
    await again.app.chat.open(test.app.chat.store.getState().conversationId);
    expect(prompts(again)).toEqual(['One', 'Two', 'Three']);
  });

  it('can be the first of the chat', async () => {
    const test = await createTestApp({ models: ['a'] });
    await send(test, 'One');
    await edit(test, turnOf(test, 'One').id, 'Uno');
    expect(prompts(test)).toEqual(['Uno']);
    expect(await test.storage.conversations.list()).toHaveLength(1);
  });

  it('goes to the model that was chosen for it, else to Auto’s', async () => {
    const test = await createTestApp({ models: ['a', 'b'] });
    await send(test, 'One', 'test/b');
    await edit(test, turnOf(test, 'One').id, 'Uno');
    expect(shownResponse(turnOf(test, 'Uno'))?.modelId).toBe('test/b');
    await send(test, 'Two');
    await edit(test, turnOf(test, 'Two').id, 'Due');
    expect(turnOf(test, 'Due').mode).toBe('auto');
  });
});
