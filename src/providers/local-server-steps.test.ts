import { describe, expect, it } from 'vitest';
import { english } from '../core/phrase';
import { localServerSteps, systemOf } from './local-server-steps';

const ORIGIN = 'https://tacit.example';
const OLLAMA = 'http://localhost:11434/v1';

describe('commands for a local server', () => {
  it.each([
    ['mac', ['launchctl setenv', 'ollama serve'], ['setx', 'systemctl']],
    ['windows', ['setx OLLAMA_ORIGINS "https://tacit.example"'], ['launchctl', 'systemctl', 'By hand']],
    ['linux', ['systemctl edit ollama', 'ollama serve'], ['launchctl', 'setx']],
    [null, ['launchctl', 'setx', 'systemctl'], []],
  ] as const)('of Ollama on %s', (system, present, absent) => {
    const steps = english(localServerSteps(OLLAMA, ORIGIN, 'allow', system));
    for (const text of present) expect(steps).toContain(text);
    for (const text of absent) expect(steps).not.toContain(text);
    expect(steps).toContain(ORIGIN);
  });

  it('of the others name this page or their switch', () => {
    expect(english(localServerSteps('http://localhost:1234/v1', ORIGIN, 'allow', null))).toContain('lms server start --cors');
    expect(english(localServerSteps('http://localhost:8080/v1', ORIGIN, 'allow', null))).toContain(ORIGIN);
    expect(english(localServerSteps('http://localhost:8000/v1', ORIGIN, 'allow', null))).toContain(`--allowed-origins '["${ORIGIN}"]'`);
  });
});

describe('the operating system', () => {
  it.each([
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36', 'windows'],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36', 'mac'],
    ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36', 'linux'],
    ['Mozilla/5.0 (X11; CrOS x86_64 14541.0.0)', null],
    ['Mozilla/5.0 (Linux; Android 10; K)', null],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)', null],
    ['Node.js/22', null],
  ])('%s: %s', (userAgent, expected) => {
    expect(systemOf(userAgent)).toBe(expected);
  });
});
