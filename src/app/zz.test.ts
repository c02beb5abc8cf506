import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { it } from 'vitest';
import { openStorage } from '/work/main/src/app/open-storage';
it('w', async () => {
  const factory = { indexedDB: new IDBFactory(), IDBKeyRange };
  const s = await openStorage(() => undefined, { factory });
  const t = await openStorage(() => undefined, { factory });
  s.conversations.watchAll({ onValue: (v) => console.log('s', v.length), onError: (e) => console.log('err', e) });
  t.conversations.watchAll({ onValue: (v) => console.log('t', v.length), onError: (e) => console.log('err', e) });
  await new Promise((r) => setTimeout(r, 50));
  await s.conversations.save({ id: 'x', title: 't', createdAt: 1, updatedAt: 1, pinnedModelId: null, currentTurnId: null });
  await new Promise((r) => setTimeout(r, 200));
});
