import { t } from '../i18n';
import type { Conversation, Turn } from '../../core/conversation';
import { branch, shownResponse } from '../store/turn-tree';

/**
 * A chat as a person would read it: the path on screen, with who said what and when. Prompts and answers are Markdown already and stay as they are,
 * so speakers are set apart by rules and bold lines, not by headings that would mix with theirs.
 */
export function chatMarkdown(conversation: Conversation, turns: readonly Turn[]): string {
  const path = branch(turns, conversation.currentTurnId ?? turns.at(-1)?.id ?? null);
  const head = [`# ${oneLine(conversation.title)}`, `${t('Exported from Tacit')} · ${moment(conversation.createdAt)}`];
  return `${[...head, ...path.flatMap((turn) => turnParts(turn))].join('\n\n')}\n`;
}

function turnParts(turn: Turn): readonly string[] {
  const shown = shownResponse(turn);
  const answers = shown ? [shown] : turn.responses;
  const others = turn.responses.length - answers.length;
  return [
    '---',
    `**${t('You')}** · ${moment(turn.createdAt)}`,
    turn.prompt.trim(),
    ...answers.flatMap((answer) => ['---', `**${oneLine(answer.modelName)}** · ${moment(answer.startedAt)}`, answer.text.trim()]),
    ...(others > 0 ? [`*${t('{{count}} other answers to this prompt are not shown here.', { count: others })}*`] : []),
  ];
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** The same in every time zone and language, so that an export can be compared with another. */
function moment(time: number): string {
  return `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

const LONGEST_NAME = 60;

/** A file name that every system takes: `2026-11-25 Plan a weekend.md`. */
export function chatFileName(conversation: Conversation, ending: string): string {
  const title = oneLine(conversation.title.replace(/[\\/:*?"<>|\p{Cc}]/gu, ' ')).slice(0, LONGEST_NAME).replace(/[. ]+$/, '');
  return `${new Date(conversation.createdAt).toISOString().slice(0, 10)} ${title || 'chat'}.${ending}`;
}
