import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ImportedChat } from './model';
import { readExport } from './read-export';

const NOW = Date.UTC(2026, 10, 25);

function fixture(name: string): File {
  return new File([readFileSync(new URL(`./__fixtures__/${name}`, import.meta.url))], name);
}

async function read(...names: readonly string[]) {
  const chats: ImportedChat[] = [];
  const outcome = await readExport(names.map(fixture), { now: NOW, onChat: (chat) => chats.push(chat) });
  const chat = (id: string) => {
    const found = chats.find((candidate) => candidate.conversation.id === id);
    if (!found) throw new Error(`No chat ${id} in ${chats.map((candidate) => candidate.conversation.id).join()}`);
    return found;
  };
  return { chats, outcome, chat };
}

/** A chat as an indented text: prompt, answers (the shown one starred) and what hangs below. */
function outline({ turns }: ImportedChat): readonly string[] {
  const lines = (parentId: string | null, indent: string): readonly string[] =>
    turns
      .filter((turn) => turn.parentId === parentId)
      .flatMap((turn) => {
        const answers = turn.responses.map((response) => `${response.id === turn.shownResponseId ? '*' : ''}${response.modelName}: ${response.text.split('\n')[0]?.slice(0, 24) ?? ''}`);
        return [`${indent}${turn.prompt.split('\n')[0]?.slice(0, 30) ?? ''} → ${answers.join(' | ')}`, ...lines(turn.id, `${indent}  `)];
      });
  return lines(null, '');
}

describe('ChatGPT', () => {
  it('keeps branches, hides the hidden, and joins what a tool interrupted', async () => {
    const { chat, outcome } = await read('chatgpt-conversations.json');
    expect(outcome).toEqual({ chats: 2, skipped: 1 });
    const bread = chat('chatgpt-c-bread');
    expect(outline(bread)).toEqual([
      'My sourdough starter smells of → gpt-4o: Feed it twice a day for  | *o3-mini: It is hungry.',
      '  And if it has mould? → *gpt-4o: Throw it away and start ',
      '  And if it has mould on the rim → *gpt-4o: Also throw it away: moul',
    ]);
    expect(bread.conversation).toMatchObject({ title: 'Sourdough starter', createdAt: 1_718_000_000_250, updatedAt: 1_718_000_900_750, currentTurnId: 'chatgpt-c-bread-u2b' });
    expect(bread.turns[0]?.responses[1]?.text).toBe('It is hungry.\n\n1. Discard all but a spoonful.\n2. Feed 1:5:5 twice a day.\n3. Keep it at 24 °C.');
    const [turn] = chat('chatgpt-c-code').turns;
    expect(turn?.prompt).toBe('*(image)*\n\nHere is a picture of my table.');
    expect(turn?.responses).toHaveLength(1);
    expect(turn?.responses[0]).toMatchObject({
      modelName: 'gpt-5-thinking',
      modelId: 'imported/gpt-5-thinking',
      text: '```python\ndf["price"].mean()\n```\n\n```text\n12.5\n```\n\nThe mean price is **12.5**.',
      reasoningText: 'Looking at the table\n\nThe second column holds prices.',
    });
  });

  it('takes a regenerated answer as a weak preference, and thumbs from their own file', async () => {
    const plain = await read('chatgpt-conversations.json');
    expect(plain.chat('chatgpt-c-bread').judgements).toMatchObject([{ kind: 'regeneration', outcome: 'win', chosen: { model: 'o3-mini' }, rejected: { model: 'gpt-4o', text: 'Feed it twice a day for three days.' } }]);
    const { chat } = await read('chatgpt-conversations.json', 'chatgpt-message-feedback.json');
    expect(chat('chatgpt-c-code').judgements).toMatchObject([{ kind: 'rating', outcome: 'both_good', rejected: null, turnId: 'chatgpt-c-code-u' }]);
    expect(chat('chatgpt-c-bread').judgements.map(({ kind, outcome }) => [kind, outcome])).toEqual([['regeneration', 'win'], ['rating', 'both_bad']]);
    expect(chat('chatgpt-c-code').turns[0]?.thumbs).toBe('up');
  });
});

describe('Claude', () => {
  it('reads account exports, with attachments, thoughts and artifacts', async () => {
    const { chat } = await read('claude-conversations.json');
    const letter = chat('claude-cl-letter');
    expect(outline(letter)).toEqual(['Please check this letter. → *Claude: It is clear and polite.', '  Thanks! → *Claude: Good luck with it.']);
    expect(letter.turns[0]?.prompt).toBe('Please check this letter.\n\nletter.txt:\n\n````\nDear Mr Holm,\nthe heating is out again.\n```\nnot code\n```\n````\n\n*(photo.jpg)*');
    expect(letter.turns[0]?.responses[0]).toMatchObject({ reasoningText: 'The tone is fine.', text: 'It is clear and polite.\n\nLetter, with a date:\n\n```\n# 1 March\nDear Mr Holm, …\n```\n\nI would add a date.' });
    expect(letter.conversation.createdAt).toBe(Date.UTC(2025, 2, 1, 9));
  });

  it('reads the tree of exports made in the page', async () => {
    const { chat } = await read('claude-conversations.json');
    expect(outline(chat('claude-cl-tree'))).toEqual(['Name a tree. → claude-sonnet-4: Oak. | *claude-sonnet-4: Hornbeam, a tough small ']);
    expect(chat('claude-cl-tree').judgements).toMatchObject([{ kind: 'regeneration', chosen: { text: 'Hornbeam, a tough small tree of hedges.' }, rejected: { text: 'Oak.' } }]);
  });
});

describe('Open WebUI', () => {
  it('gives the second of two continued answers a branch of its own', async () => {
    const { chat } = await read('open-webui-chats.json');
    expect(outline(chat('open-webui-ow-duel'))).toEqual([
      'Explain tides to a child. → *llama3.1:8b: The moon pulls the sea l',
      '  And the sun? → *llama3.1:8b: It pulls too, but less.',
      'Explain tides to a child. → *qwen2.5:7b: Tides are caused by diff',
      '  Simpler, please. → *qwen2.5:7b: The moon pulls the water',
    ]);
    expect(outline(chat('open-webui-ow-reason'))).toEqual(['What is a quarter of 92? → *deepseek-r1:7b: 23.']);
    expect(chat('open-webui-ow-reason').turns[0]).toMatchObject({ prompt: 'What is a quarter of 92?\n\nnotes.md:\n\n```\n92 boxes\n```', thumbs: 'down', responses: [{ reasoningText: '92 / 4 = 23' }] });
  });

  it('counts a thumb on one of two models as a vote between them', async () => {
    const { chat } = await read('open-webui-chats.json');
    expect(chat('open-webui-ow-duel').judgements).toMatchObject([{ kind: 'vote', outcome: 'win', chosen: { model: 'llama3.1:8b' }, rejected: { model: 'qwen2.5:7b' } }]);
  });

  it('reads ratings in chats and in the feedback export', async () => {
    const { chat } = await read('open-webui-chats.json', 'open-webui-feedback.json');
    expect(chat('open-webui-ow-reason').judgements).toMatchObject([{ kind: 'rating', outcome: 'both_bad', chosen: { model: 'deepseek-r1:7b' } }]);
    expect(chat('open-webui-ow-fb').judgements).toMatchObject([{ kind: 'rating', outcome: 'both_good', chosen: { model: 'mistral:7b' } }]);
  });
});

describe('LibreChat', () => {
  it('reads flat exports with branches, and opposite thumbs as one vote', async () => {
    const { chat } = await read('librechat-branches.json');
    const story = chat('librechat-lc-story');
    expect(outline(story)).toEqual([
      'Tell me a short story. → gpt-4o: A fox slept. | *claude-3-5-sonnet: A fox crossed the frozen',
      'Tell me a long story. → *gpt-4o: There was a lighthouse …',
    ]);
    expect(story.turns[1]?.responses[0]?.reasoningText).toBe('Something with a lighthouse.');
    expect(story.judgements).toMatchObject([{ kind: 'vote', outcome: 'win', chosen: { model: 'claude-3-5-sonnet' }, rejected: { model: 'gpt-4o' } }]);
  });

  it('reads nested exports', async () => {
    const { chat } = await read('librechat-tree.json');
    expect(outline(chat('librechat-lc-tree'))).toEqual(['Hi → *gpt-4o: Hello!', '  Bye → ']);
  });
});

describe('arenas', () => {
  it('reads a row as two answers to one prompt, with its vote', async () => {
    const { chats } = await read('arena.jsonl', 'arena-kaggle.json');
    expect(chats.map(outline)).toEqual([
      ['What is a monad? → vicuna-13b: A burrito. | *gpt-4: A pattern for chaining s'],
      ['2+2? → *claude-1: Five.', '  Sure? → *claude-1: Yes.', '2+2? → *koala-13b: Six.', '  Sure? → *koala-13b: Absolutely.'],
      ['Capital of Peru? → *gemini-2.5-pro: Lima. | o3: It is Lima.'],
      ['Is it OK to be late? → *gpt-4-1106-preview: It depends.', '  Why? → *gpt-4-1106-preview: Because plans differ.', 'Is it OK to be late? → *gpt-4-0613: No.', '  Why? → *gpt-4-0613: It is rude.'],
    ]);
    expect(chats.map(({ judgements }) => judgements.map(({ kind, outcome, chosen, rejected }) => [kind, outcome, chosen.model, rejected?.model]))).toEqual([
      [['vote', 'win', 'gpt-4', 'vicuna-13b']],
      [['vote', 'both_bad', 'claude-1', 'koala-13b']],
      [['vote', 'tie', 'gemini-2.5-pro', 'o3']],
      [['vote', 'win', 'gpt-4-1106-preview', 'gpt-4-0613']],
    ]);
  });
});
