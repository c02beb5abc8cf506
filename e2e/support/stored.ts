import type { Page } from '@playwright/test';
import type { RoutingDecision } from '../../src/core/routing';
import type { PreferencePair } from '../../src/core/preference';
import type { StoredTurn } from '../../src/storage/rows';

/** Rows of one table as they lie on disk; for outcomes that no screen shows, such as exact scores. */
async function rowsOf(page: Page, table: string): Promise<unknown[]> {
  return page.evaluate(
    (name) =>
      new Promise<unknown[]>((resolve, reject) => {
        const opening = indexedDB.open('tacit');
        opening.addEventListener('error', () => reject(opening.error));
        opening.addEventListener('success', () => {
          const database = opening.result;
          const reading = database.transaction(name).objectStore(name).getAll();
          reading.addEventListener('error', () => reject(reading.error));
          reading.addEventListener('success', () => {
            database.close();
            resolve(reading.result);
          });
        });
      }),
    table,
  );
}

/** All rows of all databases of this origin as one text, bytes decoded: what a search of the disk would find. */
export async function everyRow(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const settled = <Value>(request: IDBRequest<Value>) =>
      new Promise<Value>((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result));
        request.addEventListener('error', () => reject(request.error));
      });
    const tables: unknown[] = [];
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await settled(indexedDB.open(name));
      for (const table of database.objectStoreNames) tables.push(table, await settled(database.transaction(table).objectStore(table).getAll()));
      database.close();
    }
    return JSON.stringify(tables, (_, value: unknown) => (value instanceof Uint8Array ? new TextDecoder().decode(value) : value));
  });
}

/** The whole log, undone picks too, oldest first. */
export async function storedPicks(page: Page): Promise<readonly PreferencePair[]> {
  const rows = (await rowsOf(page, 'preferences')) as PreferencePair[];
  return rows.toSorted((left, right) => left.createdAt - right.createdAt);
}

export async function storedTurns(page: Page): Promise<readonly StoredTurn[]> {
  return (await rowsOf(page, 'turns')) as StoredTurn[];
}

export interface Scored {
  /** The provider's own id: what is the same in two profiles. */
  readonly model: string;
  readonly score: number;
}

/** The ranking by which the newest turn with this prompt was routed, best first. */
export async function storedRanking(page: Page, prompt: string): Promise<readonly Scored[]> {
  const turns = (await storedTurns(page)).filter((turn) => turn.prompt === prompt).toSorted((left, right) => right.createdAt - left.createdAt);
  const decisions = (await rowsOf(page, 'decisions')) as { turnId: string; decision: RoutingDecision }[];
  const found = decisions.find(({ turnId }) => turnId === turns[0]?.id);
  if (!found) throw new Error(`No decision is stored for “${prompt}”.`);
  return found.decision.ranking.map(({ modelId, score }) => ({ model: modelId.slice(modelId.indexOf('/') + 1), score }));
}
