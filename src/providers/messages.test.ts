import { describe, expect, it } from 'vitest';
import { createLanguageModel } from './create-language-model';
import { textOfMessage, type ChatMessage, type Connection } from './language-model';
import { connectionTo, environmentWith, readAll } from './test-support';

/** The body that a provider is sent; nothing is answered. */
async function sentBody(kind: Connection['kind'], messages: readonly ChatMessage[]): Promise<Record<string, unknown>> {
  let body: unknown = null;
  const environment = environmentWith({
    fetch: async (_input, init) => {
      body = JSON.parse(String(init?.body));
      return new Response('{}', { status: 500 });
    },
  });
  await readAll(await createLanguageModel(connectionTo(kind), environment), { model: 'm', messages, maxOutputTokens: null });
  if (typeof body !== 'object' || body === null) throw new Error('Nothing was sent');
  return { ...body };
}

const WITH_IMAGE: readonly ChatMessage[] = [
  { role: 'system', content: 'Be brief.' },
  {
    role: 'user',
    content: [
      { type: 'image', mediaType: 'image/png', bytes: Uint8Array.of(1, 2, 3) },
      { type: 'text', text: 'What is this?' },
    ],
  },
];

describe('a prompt with an image', () => {
  it('goes to OpenAI-compatible servers as a data address', async () => {
    const { messages } = await sentBody('openai-compatible', WITH_IMAGE);
    expect(messages).toEqual([
      { role: 'system', content: 'Be brief.' },
      {
        role: 'user',
        content: [
          { type: 'image_url', image_url: { url: 'data:image/png;base64,AQID' } },
          { type: 'text', text: 'What is this?' },
        ],
      },
    ]);
  });

  it('goes to Anthropic as base64', async () => {
    const { messages, system } = await sentBody('anthropic', WITH_IMAGE);
    expect(system).toEqual([{ type: 'text', text: 'Be brief.' }]);
    expect(messages).toEqual([
      {
        role: 'user',
        content: [
          { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AQID' } },
          { type: 'text', text: 'What is this?' },
        ],
      },
    ]);
  });

  it('goes to Google inline', async () => {
    const { contents, systemInstruction } = await sentBody('google', WITH_IMAGE);
    expect(systemInstruction).toEqual({ parts: [{ text: 'Be brief.' }] });
    expect(contents).toEqual([{ role: 'user', parts: [{ inlineData: { mimeType: 'image/png', data: 'AQID' } }, { text: 'What is this?' }] }]);
  });
});

describe('an answer to be continued', () => {
  const CUT: readonly ChatMessage[] = [
    { role: 'user', content: 'Why?' },
    { role: 'assistant', content: 'The sky is' },
    { role: 'user', content: 'Go on.' },
  ];

  it('is followed by a request on every provider, since none but some take a prefix', async () => {
    expect((await sentBody('openai-compatible', CUT))['messages']).toEqual(CUT);
    const anthropic = (await sentBody('anthropic', CUT))['messages'];
    expect(anthropic).toMatchObject([{ role: 'user' }, { role: 'assistant', content: [{ type: 'text', text: 'The sky is' }] }, { role: 'user' }]);
    expect((await sentBody('google', CUT))['contents']).toMatchObject([{ role: 'user' }, { role: 'model', parts: [{ text: 'The sky is' }] }, { role: 'user' }]);
  });
});

describe('textOfMessage', () => {
  it('leaves images out', () => {
    expect(textOfMessage({ role: 'user', content: [{ type: 'text', text: 'a' }, { type: 'image', mediaType: 'image/png', bytes: Uint8Array.of(1) }, { type: 'text', text: 'b' }] })).toBe('a\n\nb');
    expect(textOfMessage({ role: 'assistant', content: 'c' })).toBe('c');
  });
});
