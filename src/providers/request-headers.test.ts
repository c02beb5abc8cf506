import { describe, expect, it } from 'vitest';
import { createLanguageModel, listModels } from './create-language-model';
import { PROVIDER_PRESETS, presetOfUrl, type PresetId } from './presets';
import { environmentWith, readAll, sseResponse } from './test-support';

/** Exactly these, for a chat and for the model list: a static-list host (Gemini, Mistral, …) refuses the preflight of any other. */
const HEADERS: Readonly<Record<Exclude<PresetId, 'custom'>, { readonly chat: readonly string[]; readonly list: readonly string[] }>> = {
  openrouter: { chat: ['authorization', 'content-type'], list: ['authorization'] },
  openai: { chat: ['authorization', 'content-type'], list: ['authorization'] },
  anthropic: {
    chat: ['anthropic-dangerous-direct-browser-access', 'anthropic-version', 'content-type', 'x-api-key'],
    list: ['anthropic-dangerous-direct-browser-access', 'anthropic-version', 'x-api-key'],
  },
  google: { chat: ['content-type', 'x-goog-api-key'], list: ['x-goog-api-key'] },
  groq: { chat: ['authorization', 'content-type'], list: ['authorization'] },
  mistral: { chat: ['authorization', 'content-type'], list: ['authorization'] },
  deepseek: { chat: ['authorization', 'content-type'], list: ['authorization'] },
  xai: { chat: ['authorization', 'content-type'], list: ['authorization'] },
  together: { chat: ['authorization', 'content-type'], list: ['authorization'] },
  ollama: { chat: ['content-type'], list: [] },
  'lm-studio': { chat: ['content-type'], list: [] },
  'llama-cpp': { chat: ['content-type'], list: [] },
  vllm: { chat: ['content-type'], list: [] },
};

const presets = PROVIDER_PRESETS.filter((preset) => preset.id !== 'custom');

describe.each(presets)('$name', (preset) => {
  const connection = { id: 'c', kind: preset.kind, name: preset.name, baseUrl: preset.baseUrl, apiKey: preset.needsKey ? 'sk-secret-123' : '', headers: {} };
  const expected = HEADERS[preset.id === 'custom' ? 'openai' : preset.id];

  it('sends exactly the headers it accepts', async () => {
    const seen: (readonly string[])[] = [];
    const fetch = (url: string, init: RequestInit) => {
      seen.push([...new Headers(init.headers).keys()].toSorted());
      return Promise.resolve(url.includes('/models') && init.method === 'GET' ? new Response('{"data":[],"models":[]}') : sseResponse(''));
    };
    const environment = environmentWith({ fetch });
    await readAll(await createLanguageModel(connection, environment));
    await listModels(connection, new AbortController().signal, environment);
    expect(seen).toEqual([expected.chat, expected.list]);
  });

  it('is found again by its address, and a key has a page where it is made', () => {
    expect(presetOfUrl(preset.baseUrl)?.id).toBe(preset.id);
    expect(preset.needsKey).toBe(preset.keyUrl !== null);
    expect(preset.keyUrl ?? 'https://').toMatch(/^https:/);
  });
});
