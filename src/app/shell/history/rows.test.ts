import { describe, expect, it } from 'vitest';
import { newConversation, type Conversation, type Folder } from '../../../core/conversation';
import { historyRows, type HistoryRow } from './rows';

const NOW = new Date(2026, 2, 29, 12).getTime();
const at = (year: number, month: number, day: number, hour = 12) => new Date(year, month - 1, day, hour).getTime();

function chat(id: string, updatedAt: number, changes: Partial<Conversation> = {}): Conversation {
  return newConversation({ id, title: id, createdAt: updatedAt, ...changes });
}

function folder(id: string, open: boolean): Folder {
  return { id, name: id, createdAt: 1, open };
}

function text(row: HistoryRow): string {
  switch (row.kind) {
    case 'chat':
      return `${row.inFolder ? '> ' : ''}${row.conversation.id}`;
    case 'folder':
      return `[${row.folder.name} ${row.count}]`;
    case 'date':
      return `# ${row.group.kind}`;
    case 'pinned':
      return '# pinned';
  }
}

const shown = (list: readonly Conversation[], folders: readonly Folder[] = []) => historyRows(list, folders, NOW).map(text);

describe('the rows of the history', () => {
  it('are grouped by calendar days, then months, each group once', () => {
    const list = [
      chat('a', NOW),
      chat('b', at(2026, 3, 29, 0)),
      chat('c', at(2026, 3, 28, 23)),
      chat('d', at(2026, 3, 23)),
      chat('e', at(2026, 3, 22)),
      chat('f', at(2026, 2, 20)),
      chat('g', at(2026, 2, 3)),
      chat('h', at(2025, 2, 3)),
    ];
    expect(shown(list)).toEqual(['# today', 'a', 'b', '# yesterday', 'c', '# week', 'd', '# month30', 'e', '# month', 'f', 'g', '# month', 'h']);
  });

  it('show pinned chats first, the latest pinned on top, and only there', () => {
    const list = [chat('a', NOW, { folderId: 'f' }), chat('b', NOW, { pinnedAt: 1, folderId: 'f' }), chat('c', NOW, { pinnedAt: 2 })];
    expect(shown(list, [folder('f', true)])).toEqual(['# pinned', 'c', 'b', '[f 1]', '> a']);
  });

  it('hide what is in a closed folder, count it, and keep a chat whose folder is gone', () => {
    const list = [chat('a', NOW, { folderId: 'shut' }), chat('b', NOW, { folderId: 'gone' })];
    expect(shown(list, [folder('shut', false), folder('empty', true)])).toEqual(['[shut 1]', '[empty 0]', '# today', 'b']);
  });

  it('have keys of their own', () => {
    const list = Array.from({ length: 2000 }, (_, index) => chat(`c${index}`, NOW - index * 3_600_000, index % 50 === 0 ? { pinnedAt: index } : { folderId: index % 3 === 0 ? 'f' : null }));
    const rows = historyRows(list, [folder('f', true)], NOW);
    expect(new Set(rows.map((row) => row.key)).size).toBe(rows.length);
    expect(rows.filter((row) => row.kind === 'chat')).toHaveLength(2000);
  });
});
