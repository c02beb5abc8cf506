import { expect, it } from 'vitest';
import { sampleConversation, sampleTurn } from '../../storage/testing/samples';
import { createTestApp } from '../testing/test-app';

it('opens the branch that was on screen, also before the list of conversations has been read', async () => {
  const { app, storage } = await createTestApp({ start: false });
  await storage.turns.save(sampleTurn('older', 'one', { createdAt: 1 }), { ...sampleConversation('one', 5), currentTurnId: 'older' });
  await storage.turns.save(sampleTurn('newer', 'one', { createdAt: 2 }));
  await app.chat.open('one');
  expect(app.chat.store.getState().leafId).toBe('older');
});
