import type { ModelResponse } from '../core/conversation';
import type { ImportedKind, Outcome } from '../core/preference';
import type { BuiltTree, BuiltTurn } from './message-tree';
import type { ImportedJudgement, JudgedText, ParsedVote } from './model';

/** Pairs taken from one turn: a thumb beside ten answers is still one thumb. */
const MAX_PAIRS = 3;

/** What the other app knows of the user's taste in this chat. */
export function judgementsIn(tree: BuiltTree, vote: ParsedVote | null): readonly ImportedJudgement[] {
  const voted = vote === null ? null : voteJudgement(tree, vote);
  return [...byPrompt(tree.turns).flatMap(promptJudgements), ...(voted === null ? [] : [voted])];
}

function byPrompt(turns: readonly BuiltTurn[]): readonly (readonly BuiltTurn[])[] {
  const groups = new Map<string, BuiltTurn[]>();
  for (const built of turns) {
    const group = groups.get(built.promptId);
    if (group) group.push(built);
    else groups.set(built.promptId, [built]);
  }
  return [...groups.values()];
}

/** Turns of one prompt: several where the user went on from several answers. */
function promptJudgements(built: readonly BuiltTurn[]): readonly ImportedJudgement[] {
  const answers = built.flatMap(answersOf);
  const [first] = built;
  if (first === undefined || first.turn.prompt.trim() === '') return [];
  if (answers.some((answer) => answer.rating !== null)) return answers.flatMap((answer) => rated(answer, answers)).slice(0, MAX_PAIRS);
  return built.length === 1 ? regenerated(first) : [];
}

interface RatedAnswer {
  readonly built: BuiltTurn;
  readonly response: ModelResponse;
  readonly rating: 1 | -1 | null;
}

function answersOf(built: BuiltTurn): readonly RatedAnswer[] {
  const readable = built.turn.responses.filter((response) => response.text.trim() !== '');
  return readable.map((response) => ({ built, response, rating: built.ratings.get(response.id) ?? null }));
}

/**
 * A thumb on an answer that stood beside those of other models is a vote among them, as Open WebUI's own leaderboard counts it; otherwise it judges
 * the answer by itself.
 */
function rated(answer: RatedAnswer, answers: readonly RatedAnswer[]): readonly ImportedJudgement[] {
  const { built, response, rating } = answer;
  if (rating === null) return [];
  const opponents = answers.filter((other) => other.response.modelId !== response.modelId && other.response.text !== response.text && other.rating !== rating);
  if (opponents.length === 0) return [judgement(built, 'rating', rating === 1 ? 'both_good' : 'both_bad', response, null)];
  // The other side of a pair of opposite thumbs would say the same again.
  if (rating === 1) return opponents.map((other) => judgement(built, 'vote', 'win', response, other.response));
  return opponents.filter((other) => other.rating === null).map((other) => judgement(other.built, 'vote', 'win', other.response, response));
}

/** The user asked for another answer and went on with one: it is preferred, weakly, to the one it was made after or put aside. */
function regenerated(built: BuiltTurn): readonly ImportedJudgement[] {
  const readable = answersOf(built).map((answer) => answer.response);
  const at = readable.findIndex((response) => response.id === built.turn.shownResponseId);
  if (!built.onPath || at < 0 || readable.length < 2) return [];
  const shown = readable[at];
  const aside = at > 0 ? readable[at - 1] : readable.at(-1);
  return shown && aside && shown.text !== aside.text ? [judgement(built, 'regeneration', 'win', shown, aside)] : [];
}

function judgement({ turn }: BuiltTurn, kind: ImportedKind, outcome: Outcome, chosen: ModelResponse, rejected: ModelResponse | null): ImportedJudgement {
  return {
    id: `${chosen.id}-${kind}${rejected === null ? '' : `-over-${rejected.id.slice(turn.conversationId.length + 1)}`}`,
    kind,
    createdAt: chosen.finishedAt ?? turn.createdAt,
    prompt: turn.prompt,
    outcome,
    chosen: judged(chosen),
    rejected: rejected && judged(rejected),
    conversationId: turn.conversationId,
    turnId: turn.id,
  };
}

function judged({ modelName, text }: ModelResponse): JudgedText {
  return { model: modelName, text };
}

const OUTCOME: Readonly<Record<ParsedVote['winner'], Outcome>> = { left: 'win', right: 'win', tie: 'tie', both_bad: 'both_bad' };

function voteJudgement(tree: BuiltTree, vote: ParsedVote): ImportedJudgement | null {
  const left = answered(tree, vote.leftId);
  const right = answered(tree, vote.rightId);
  if (left === null || right === null) return null;
  const [chosen, rejected] = vote.winner === 'right' ? [right, left] : [left, right];
  return judgement(chosen.built, 'vote', OUTCOME[vote.winner], chosen.response, rejected.response);
}

function answered(tree: BuiltTree, messageId: string): { readonly built: BuiltTurn; readonly response: ModelResponse } | null {
  const responseId = tree.responseOf.get(messageId);
  for (const built of tree.turns) {
    const response = built.turn.responses.find((candidate) => candidate.id === responseId && candidate.text.trim() !== '');
    if (response) return { built, response };
  }
  return null;
}
