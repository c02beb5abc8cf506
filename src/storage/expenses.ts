import type { Expense } from '../core/expense';
import type { TacitDatabase } from './database';
import type { StoredTurn } from './rows';
import { guarded } from './storage-error';
import { watch, type Unwatch, type Watcher } from './watch';

/** What responses cost, one row each. Every method rejects with StorageFailure. */
export class ExpenseRepository {
  constructor(private readonly database: TacitDatabase) {}

  save(expense: Expense): Promise<void> {
    return guarded(async () => {
      await this.database.expenses.put(expense);
    });
  }

  remove(id: string): Promise<void> {
    return guarded(() => this.database.expenses.delete(id));
  }

  /** By time, oldest first. */
  since(at: number): Promise<readonly Expense[]> {
    return guarded(() => this.read(at));
  }

  watchSince(at: number, watcher: Watcher<readonly Expense[]>): Unwatch {
    return watch(() => this.read(at), watcher);
  }

  /** Once, for chats from before costs were kept apart: what their responses cost. Does nothing where there are expenses already. */
  backfill(expensesOf: (turn: StoredTurn) => readonly Expense[]): Promise<void> {
    const { expenses, turns } = this.database;
    return guarded(() =>
      this.database.transaction('rw', expenses, turns, async () => {
        if ((await expenses.count()) > 0) return;
        const found: Expense[] = [];
        await turns.each((turn) => found.push(...expensesOf(turn)));
        await expenses.bulkPut(found);
      }),
    );
  }

  private read(at: number): Promise<readonly Expense[]> {
    return this.database.expenses.where('at').aboveOrEqual(at).sortBy('at');
  }
}
