import { spendingByConnection, type Spending } from '../../core/budget';
import type { Turn } from '../../core/conversation';
import { savingsLedger, type Ledger, type LedgerTurn } from '../../core/savings';
import type { App } from '../store/app';
import { SpeedTable, usageByModel, usageByMonth, type ModelUsage, type MonthUsage } from '../../core/usage';
import { monthStart } from '../store/budget';
import { shownResponse } from '../store/turn-tree';
import { responseFigures } from '../words/response-facts';

/** The bootstrap's draws are fixed, so that the same history gives the same interval. */
const SEED = 20_26;

export interface SpendingReport {
  readonly ledger: Ledger;
  /** Since the beginning, by connection. */
  readonly allTime: ReadonlyMap<string, Spending>;
  readonly usage: Usage;
}

/** Who did how much, at what cost, how fast. */
export interface Usage {
  readonly months: readonly MonthUsage[];
  readonly ever: readonly ModelUsage[];
  readonly speed: SpeedTable;
}

/** Reads the whole history once. Rejects with StorageFailure. */
export async function readSpending(app: App): Promise<SpendingReport> {
  const turns: LedgerTurn[] = [];
  const speed = new SpeedTable();
  await app.platform.storage.turns.eachDecided((turn) => {
    turns.push(...ledgerTurn(turn));
    noteSpeed(speed, turn);
  });
  const expenses = await app.platform.storage.expenses.since(0);
  return {
    ledger: savingsLedger(turns, (modelId) => app.pool.cardOf(modelId), SEED),
    allTime: spendingByConnection(expenses, 0),
    usage: { months: usageByMonth(expenses, monthStart), ever: usageByModel(expenses), speed },
  };
}

function noteSpeed(speed: SpeedTable, turn: Turn): void {
  for (const response of turn.responses) {
    const { firstTokenMs, tokensPerSecond } = responseFigures(response);
    if (response.status === 'complete' && firstTokenMs !== null) speed.add(response.modelId, firstTokenMs, tokensPerSecond);
  }
}

/** None for a model chosen by hand: that was not the router's choice to answer for. */
export function ledgerTurn(turn: Turn): readonly LedgerTurn[] {
  const { decision, mode, responses } = turn;
  if (decision === null || mode === 'manual' || decision.ranking.length === 0) return [];
  const charged = responses.filter((response) => response.usage !== null);
  const shown = shownResponse(turn);
  const isWhole = shown !== null && (shown.status === 'complete' || shown.status === 'stopped') && shown.usage !== null;
  return [
    {
      spentUsd: charged.reduce<number | null>((sum, { costUsd }) => (sum === null || costUsd === null ? null : sum + costUsd), 0),
      answer: isWhole ? { modelId: shown.modelId, inputTokens: shown.usage?.inputTokens ?? 0, outputTokens: shown.usage?.outputTokens ?? 0 } : null,
      ranking: decision.ranking,
    },
  ];
}
