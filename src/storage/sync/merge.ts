import type { SyncRow, SyncTableName } from './records';

/**
 * Two versions of a row that were made at the same time on two devices become one. `later` wins what can only be one thing; nothing that only
 * one of them has is dropped. Depends on the two rows alone, so that every device comes to the same result.
 */
export function mergeRows(table: SyncTableName, later: SyncRow, earlier: SyncRow, earlierName: string): SyncRow {
  switch (table) {
    case 'turns':
      return mergeTurns(later, earlier, earlierName);
    case 'preferences':
      // A pick is never edited. Undoing it, and forgetting its prompt, count wherever they were done.
      return { ...later, undoneAt: later['undoneAt'] ?? earlier['undoneAt'] ?? null, ...(isForgotten(earlier) && { promptExcerpt: '', conversationId: null, turnId: null }) };
    case 'models':
      return seenMore(earlier, later) ? { ...later, fingerprint: earlier['fingerprint'] } : later;
    case 'conversations':
      return { ...later, updatedAt: Math.max(numberOf(later['updatedAt']), numberOf(earlier['updatedAt'])) };
    case 'decisions':
    case 'attachments':
    case 'expenses':
    case 'presets':
    case 'connections':
    case 'settings':
    case 'connectionKeys':
      return later;
  }
}

function isForgotten(pick: SyncRow): boolean {
  return pick['promptExcerpt'] === '' && pick['conversationId'] === null;
}

function seenMore(left: SyncRow, right: SyncRow): boolean {
  return answersSeen(left) > answersSeen(right);
}

function answersSeen(model: SyncRow): number {
  const fingerprint = model['fingerprint'];
  return typeof fingerprint === 'object' && fingerprint !== null && 'count' in fingerprint ? numberOf(fingerprint.count) : 0;
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

function mergeTurns(later: SyncRow, earlier: SyncRow, earlierName: string): SyncRow {
  const responses = mergeResponses(rowsOf(later['responses']), rowsOf(earlier['responses']), earlierName);
  return {
    ...later,
    responses,
    comparison: isJudged(later['comparison']) || !isJudged(earlier['comparison']) ? later['comparison'] : earlier['comparison'],
    shownResponseId: later['shownResponseId'] ?? earlier['shownResponseId'],
    thumbs: later['thumbs'] ?? earlier['thumbs'],
  };
}

function rowsOf(value: unknown): readonly SyncRow[] {
  return Array.isArray(value) ? value.filter(isRow) : [];
}

function isRow(value: unknown): value is SyncRow {
  return typeof value === 'object' && value !== null;
}

function isJudged(comparison: unknown): boolean {
  return isRow(comparison) && comparison['preferenceId'] !== null;
}

/** Answers of both, by id. One that says something else on the other side is kept under an id of its own, as another answer to the prompt. */
function mergeResponses(later: readonly SyncRow[], earlier: readonly SyncRow[], earlierName: string): readonly SyncRow[] {
  const merged = new Map(later.map((response) => [response['id'], response]));
  for (const response of earlier) {
    const known = merged.get(response['id']);
    if (known === undefined) merged.set(response['id'], response);
    else if (!isPartOf(response, known)) {
      if (isPartOf(known, response)) merged.set(response['id'], response);
      else merged.set(`${String(response['id'])}~${earlierName}`, { ...response, id: `${String(response['id'])}~${earlierName}` });
    }
  }
  return [...merged.values()].toSorted((left, right) => numberOf(left['startedAt']) - numberOf(right['startedAt']) || (String(left['id']) < String(right['id']) ? -1 : 1));
}

/** The whole of it stands at the beginning of the other. */
function isPartOf(response: SyncRow, other: SyncRow): boolean {
  return String(other['text']).startsWith(String(response['text']));
}
