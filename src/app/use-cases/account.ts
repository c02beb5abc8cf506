import { TOKENS_PER_IMAGE } from '../../core/attachments';
import type { ModelResponse, TokenUsage } from '../../core/conversation';
import type { ModelCard } from '../../core/routing';
import { estimateTokens } from '../../core/tokens';
import { textOfMessage, type ChatMessage } from '../../providers/language-model';

type Account = Pick<ModelResponse, 'usage' | 'costUsd'>;

/**
 * Tokens as counted by the provider, else estimated from the texts; the cost follows from the model's prices. What a continuation took is
 * added to what the answer had taken before.
 */
export function accountFor(response: ModelResponse, card: ModelCard | null, messages: readonly ChatMessage[], cut: ModelResponse | null): Account {
  const isEmpty = response.text === (cut?.text ?? '') && response.reasoningText === (cut?.reasoningText ?? '');
  // A continued answer carries the counts it had until the provider gives new ones.
  const counted = cut !== null && response.usage === cut.usage ? null : response.usage;
  if (isEmpty && counted === null) return { usage: cut?.usage ?? null, costUsd: cut?.costUsd ?? null };
  const usage = completeUsage({ ...response, usage: counted }, messages, cut);
  const account: Account = { usage, costUsd: card && costOf(card, usage) };
  return cut ? together(cut, account) : account;
}

function together(before: Account, more: Account): Account {
  const [left, right] = [before.usage, more.usage];
  if (!left || !right) return more;
  return {
    usage: {
      inputTokens: sum(left.inputTokens, right.inputTokens),
      outputTokens: sum(left.outputTokens, right.outputTokens),
      estimated: left.estimated || right.estimated,
    },
    costUsd: before.costUsd === null || more.costUsd === null ? null : before.costUsd + more.costUsd,
  };
}

function sum(left: number | null, right: number | null): number | null {
  return left === null && right === null ? null : (left ?? 0) + (right ?? 0);
}

function completeUsage({ usage, text, reasoningText }: ModelResponse, messages: readonly ChatMessage[], cut: ModelResponse | null): TokenUsage {
  const counted = usage !== null && usage.inputTokens !== null && usage.outputTokens !== null;
  return {
    inputTokens: usage?.inputTokens ?? messages.reduce((sum, message) => sum + estimateTokens(textOfMessage(message)) + imageTokens(message), 0),
    outputTokens: usage?.outputTokens ?? newTokens(text, cut?.text) + newTokens(reasoningText, cut?.reasoningText),
    estimated: !counted || usage.estimated,
  };
}

function imageTokens({ content }: ChatMessage): number {
  return typeof content === 'string' ? 0 : content.filter((part) => part.type === 'image').length * TOKENS_PER_IMAGE;
}

function newTokens(text: string, before = ''): number {
  return Math.max(0, estimateTokens(text) - estimateTokens(before));
}

function costOf(card: ModelCard, usage: TokenUsage): number | null {
  if (card.local) return 0;
  const { priceInUsdPerMTok, priceOutUsdPerMTok } = card;
  if (priceInUsdPerMTok === null || priceOutUsdPerMTok === null) return null;
  return ((usage.inputTokens ?? 0) * priceInUsdPerMTok + (usage.outputTokens ?? 0) * priceOutUsdPerMTok) / 1e6;
}
