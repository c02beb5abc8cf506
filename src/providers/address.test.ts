import { describe, expect, it } from 'vitest';
import { english } from '../core/phrase';
import { addressSpaceOf, isLocalUrl } from './address';
import { normalizeBaseUrl } from './base-url';
import { presetOfUrl, PROVIDER_PRESETS } from './presets';

describe('addressSpaceOf', () => {
  it.each([
    ['http://localhost:11434/v1', 'loopback'],
    ['http://app.localhost/', 'loopback'],
    ['http://127.0.0.1:1234', 'loopback'],
    ['http://[::1]:8080/', 'loopback'],
    ['http://10.1.2.3/', 'local'],
    ['http://172.16.0.1/', 'local'],
    ['http://172.32.0.1/', 'public'],
    ['http://192.168.178.20:8000/', 'local'],
    ['http://169.254.1.1/', 'local'],
    ['http://[fd00::1]/', 'local'],
    ['http://[2606:4700::1111]/', 'public'],
    ['http://mac-mini.local:11434/', 'local'],
    ['http://nas:11434/', 'unknown'],
    ['https://api.openai.com/v1', 'public'],
    ['https://localhost.evil.example/', 'public'],
    ['nonsense', 'unknown'],
  ])('%s is %s', (url, space) => {
    expect(addressSpaceOf(url)).toBe(space);
  });
});

describe('normalizeBaseUrl', () => {
  it.each([
    ['openai-compatible', 'http://localhost:11434', 'http://localhost:11434/v1'],
    ['openai-compatible', 'localhost:1234/v1/', 'http://localhost:1234/v1'],
    ['openai-compatible', ' https://llm.example/v1/chat/completions ', 'https://llm.example/v1'],
    ['openai-compatible', 'https://llm.example/v1/models?x=1#y', 'https://llm.example/v1'],
    ['openai-compatible', 'openrouter.ai/api/v1', 'https://openrouter.ai/api/v1'],
    ['openai-compatible', 'HTTPS://LLM.example//', 'https://llm.example/v1'],
    ['anthropic', 'https://api.anthropic.com', 'https://api.anthropic.com/v1'],
    ['google', 'https://generativelanguage.googleapis.com', 'https://generativelanguage.googleapis.com/v1beta'],
  ] as const)('%s %s', (kind, typed, expected) => {
    expect(normalizeBaseUrl(kind, typed)).toEqual({ ok: true, value: expected });
  });

  it.each([
    ['', /Enter the address/],
    ['https://', /Enter the address/],
    ['ftp://llm.example', /must start with https/],
    ['javascript://alert(1)', /must start with https/],
    ['https://me:secret@llm.example/v1', /Leave the user name/],
    ['http://llm.example/v1', /Use https/],
  ])('refuses "%s"', (typed, expected) => {
    const result = normalizeBaseUrl('openai-compatible', typed);
    expect(result.ok ? '' : english(result.error)).toMatch(expected);
  });
});

describe('presets', () => {
  it('have unique ids, normalised addresses and a local flag that is true', () => {
    expect(new Set(PROVIDER_PRESETS.map(({ id }) => id)).size).toBe(PROVIDER_PRESETS.length);
    for (const preset of PROVIDER_PRESETS.filter(({ baseUrl }) => baseUrl !== '')) {
      expect(normalizeBaseUrl(preset.kind, preset.baseUrl)).toEqual({ ok: true, value: preset.baseUrl });
      expect(isLocalUrl(preset.baseUrl)).toBe(preset.local);
      expect(presetOfUrl(preset.baseUrl)).toBe(preset);
      expect(preset.keyUrl !== null).toBe(preset.needsKey);
    }
  });

  it('are found by another name of this machine, and not for other servers', () => {
    expect(presetOfUrl('http://127.0.0.1:11434/v1')?.id).toBe('ollama');
    expect(presetOfUrl('https://llm.example/v1')).toBeNull();
    expect(presetOfUrl('')).toBeNull();
  });
});
