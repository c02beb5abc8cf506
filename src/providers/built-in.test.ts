import { describe, expect, it } from 'vitest';
import { builtInLanguageModel, findPromptApi, prepareBuiltIn, type PromptApi, type PromptMessage } from './built-in';
import { ProviderFailure } from './failure';
import { readAll } from './test-support';

interface Fake extends PromptApi {
  readonly created: { readonly initialPrompts: readonly PromptMessage[] | undefined; readonly languages: readonly string[] | undefined }[];
  readonly prompted: string[];
  destroyed: number;
}

function fakeApi(chunks: readonly string[], failure: DOMException | null = null): Fake {
  const fake: Fake = {
    created: [],
    prompted: [],
    destroyed: 0,
    availability: async () => 'available',
    create: async (options) => {
      options.signal?.throwIfAborted();
      options.monitor?.({ addEventListener: (_type, listener) => [0, 0.4, 1].forEach((loaded) => listener({ loaded })) });
      fake.created.push({ initialPrompts: options.initialPrompts, languages: options.expectedOutputs[0]?.languages });
      return {
        promptStreaming: (input) => {
          fake.prompted.push(input);
          const left = [...chunks];
          return new ReadableStream<string>({
            pull(controller) {
              const chunk = left.shift();
              if (chunk !== undefined) return controller.enqueue(chunk);
              return failure === null ? controller.close() : controller.error(failure);
            },
          });
        },
        destroy: () => (fake.destroyed += 1),
      };
    },
  };
  return fake;
}

const TALK = {
  model: 'model',
  maxOutputTokens: null,
  messages: [
    { role: 'user', content: 'Hi' },
    { role: 'system', content: 'Be brief.' },
    { role: 'assistant', content: 'Hello!' },
    { role: 'user', content: 'Why?' },
  ],
} as const;

describe('the built-in model', () => {
  it('streams; the conversation so far goes before, its system prompt first, and the session is given back', async () => {
    const api = fakeApi(['Be', 'cause.']);
    const reading = await readAll(builtInLanguageModel(api), TALK);
    expect(reading).toMatchObject({ text: 'Because.', error: null });
    expect(reading.parts.at(-1)).toEqual({ type: 'end', finishReason: 'stop', usage: null });
    expect(api.created[0]?.initialPrompts).toEqual([TALK.messages[1], TALK.messages[0], TALK.messages[2]]);
    expect(api.created[0]?.languages).toContain('en');
    expect(api.prompted).toEqual(['Why?']);
    expect(api.destroyed).toBe(1);
  });

  it.each([
    ['QuotaExceededError', 'context_too_long'],
    ['NotAllowedError', 'unreachable'],
    ['UnknownError', 'device_failed'],
  ])('%s is %s, and what came before is kept', async (name, kind) => {
    const api = fakeApi(['Be'], new DOMException('why', name));
    expect(await readAll(builtInLanguageModel(api), TALK)).toMatchObject({ text: 'Be', error: { kind } });
    expect(api.destroyed).toBe(1);
  });

  it('is missing in other browsers', async () => {
    expect((await readAll(builtInLanguageModel(null), TALK)).error).toEqual({ kind: 'model_missing', model: 'model' });
  });

  it('tells its download and is cancelled', async () => {
    const progress: number[] = [];
    const api = fakeApi([]);
    await prepareBuiltIn(api, (fraction) => progress.push(fraction), new AbortController().signal);
    expect([progress, api.destroyed]).toEqual([[0, 0.4, 1], 1]);
    const cancelled = prepareBuiltIn(api, () => undefined, AbortSignal.abort());
    await expect(cancelled).rejects.toEqual(new ProviderFailure({ kind: 'cancelled' }));
  });

  it('is found by its two functions', () => {
    const api = fakeApi([]);
    expect(findPromptApi({ LanguageModel: api })).toBe(api);
    for (const scope of [{}, { LanguageModel: null }, { LanguageModel: { create: () => undefined } }]) expect(findPromptApi(scope)).toBeNull();
  });
});
