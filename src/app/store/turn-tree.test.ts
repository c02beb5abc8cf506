import { describe, expect, it } from 'vitest';
import type { ModelResponse, Turn } from '../../core/conversation';
import { branch, leafBelow, mergeTurns, siblings } from './turn-tree';

function turn(id: string, parentId: string | null, text = ''): Turn {
  const response: ModelResponse = {
    id: `${id}-r`,
    modelId: 'm',
    modelName: 'm',
    text,
    reasoningText: '',
    status: 'streaming',
    failure: null,
    startedAt: 0,
    firstTokenAt: null,
    finishedAt: null,
    usage: null,
    costUsd: null, standIn: null,
  };
  return { id, conversationId: 'c', parentId, createdAt: 0, prompt: id, attachments: [], mode: 'auto', decision: null, responses: [response], shownResponseId: response.id, comparison: null, thumbs: null };
}

describe('the tree of turns', () => {
  const turns = [turn('1', null), turn('2', '1'), turn('2b', '1'), turn('3', '2')];

  it('a branch runs from the first turn to the leaf', () => {
    expect(branch(turns, '3').map((each) => each.id)).toEqual(['1', '2', '3']);
    expect(branch(turns, '2b').map((each) => each.id)).toEqual(['1', '2b']);
    expect(branch(turns, null)).toEqual([]);
    expect(branch(turns, 'missing')).toEqual([]);
  });

  it('ends on a cycle instead of hanging', () => {
    expect(branch([turn('x', 'y'), turn('y', 'x')], 'x').map((each) => each.id)).toEqual(['y', 'x']);
  });

  it('knows siblings and the newest end below a turn', () => {
    expect(siblings(turns, turn('2', '1')).map((each) => each.id)).toEqual(['2', '2b']);
    expect(leafBelow(turns, turn('2', '1')).id).toBe('3');
  });
});

describe('mergeTurns', () => {
  it('keeps the text this tab is receiving over the older one on disk', () => {
    const live = turn('1', null, 'newer text');
    const [merged] = mergeTurns([live], [turn('1', null, 'older')], new Map([['1', live]]), new Set(['1-r']));
    expect(merged?.responses[0]?.text).toBe('newer text');
  });

  it('takes what another tab received', () => {
    const [merged] = mergeTurns([turn('1', null, 'older')], [turn('1', null, 'from the other tab')], new Map(), new Set());
    expect(merged?.responses[0]?.text).toBe('from the other tab');
  });

  it('keeps the identity of an unchanged turn and drops deleted ones', () => {
    const shown = [turn('1', null, 'same'), turn('2', '1')];
    const merged = mergeTurns(shown, [turn('1', null, 'same')], new Map(), new Set());
    expect(merged).toHaveLength(1);
    expect(merged[0]).toBe(shown[0]);
  });
});
