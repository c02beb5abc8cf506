import { afterEach, describe, expect, it, vi } from 'vitest';
import { phrase } from '../../core/phrase';
import { createTestApp } from '../testing/test-app';
import { followLanguage } from './follow-language';
import { dateText, joinedText, numberText } from './format';
import { changeLanguage, currentLanguage, t, translate } from './i18n';
import { resolveLanguage } from './language';

afterEach(() => changeLanguage('en', []));

describe('the language', () => {
  it('is the first of the browser’s that the app has', () => {
    expect(resolveLanguage('system', ['fr-FR', 'zh-Hans-SG', 'en'])).toBe('zh-CN');
    expect(resolveLanguage('system', ['en-GB', 'zh'])).toBe('en');
    expect(resolveLanguage('system', ['fr'])).toBe('en');
    expect(resolveLanguage('zh-CN', ['en'])).toBe('zh-CN');
    expect(resolveLanguage('klingon', ['zh'])).toBe('en');
  });

  it('is set from what is stored before anything is shown, and follows the setting', async () => {
    const { app } = await createTestApp();
    await app.platform.storage.settings.set('language', 'zh-CN');
    const declared: string[] = [];
    await followLanguage(app, { systemLanguages: () => ['en'], declare: (language) => declared.push(language) });
    expect(currentLanguage()).toBe('zh-CN');
    expect(t('Settings')).toBe('设置');
    await app.settings.load();
    await app.settings.set('language', 'system');
    await vi.waitFor(() => expect(currentLanguage()).toBe('en'));
    expect(t('Settings')).toBe('Settings');
    expect(declared).toEqual(['zh-CN', 'en']);
  });
});

describe('words', () => {
  it('stay English where a sentence has no translation, dots and colons included', async () => {
    await changeLanguage('zh-CN', []);
    expect(t('Unknown: a sentence. Really?')).toBe('Unknown: a sentence. Really?');
  });

  it('are not escaped, and a param is not read as a template', () => {
    expect(t('Of {{name}}', { name: '<b> $t(Settings) {{x}}' })).toBe('Of <b> $t(Settings) {{x}}');
  });

  it('translate phrases with the phrases inside them', () => {
    expect(translate(phrase('{{a}}, then {{b}}', { a: phrase('wait {{n}} s', { n: 3 }), b: 'go' }))).toBe('wait 3 s, then go');
  });

  it('write numbers, dates and lists as the language does', async () => {
    const noon = new Date(2026, 2, 5, 12).getTime();
    expect([numberText(12480), dateText(noon), joinedText(['a', 'b', 'c'])]).toEqual(['12,480', 'Mar 5, 2026', 'a, b and c']);
    await changeLanguage('zh-CN', []);
    expect([numberText(12480), dateText(noon), joinedText(['a', 'b', 'c'])]).toEqual(['12,480', '2026年3月5日', 'a、b和c']);
  });
});
