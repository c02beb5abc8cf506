import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { phrase, type Words } from '../../core/phrase';
import type { LlmError } from '../../protocol/local-llm';
import { describeFailure } from '../../providers/describe-failure';
import { localServerSteps } from '../../providers/local-server-steps';
import { PROVIDER_PRESETS } from '../../providers/presets';
import { connectionTo, EVERY_ERROR } from '../../providers/test-support';
import { backupErrorPhrase, type BackupError } from '../../storage/backup/format';
import { StorageFailure, storageError, type StorageErrorKind } from '../../storage/storage-error';
import { describeLlmError } from '../words/local-llm-words';
import { thrownText } from '../words/thrown-text';
import { changeLanguage, translate } from './i18n';

beforeEach(() => changeLanguage('zh-CN', []));
afterEach(() => changeLanguage('en', []));

/** Commands, what a menu of LM Studio says, and the words of a browser that are quoted. */
const KEPT = /`[^`]*`|Developer → [A-Za-z →:]+|Failed to fetch/g;

/** What of it is not in Chinese: has no Chinese at all, three words of Latin letters in a row, or a param that was not filled in. */
function notChinese(all: readonly Words[]): readonly string[] {
  return all.map((words) => translate(words).replaceAll(KEPT, '·')).filter((said) => !/\p{Script=Han}/u.test(said) || /[A-Za-z'’]+([ ,]+[A-Za-z'’]+){2,}|\{\{|undefined/.test(said));
}

describe('in Chinese', () => {
  it('every failure of a provider is told, at every kind of server', () => {
    const servers = [...PROVIDER_PRESETS.filter(({ baseUrl }) => baseUrl !== '').map(({ name, baseUrl }) => ({ name, baseUrl })), { name: 'NAS', baseUrl: 'http://192.168.1.5:11434/v1' }, { name: 'Mine', baseUrl: 'https://llm.example/v1' }];
    const connections = servers.flatMap((server) => ['', 'sk-secret-123'].map((apiKey) => connectionTo('openai-compatible', { ...server, apiKey })));
    const told = connections.flatMap((connection) => EVERY_ERROR.map((error) => describeFailure(error, connection, 'https://tacit.example')));
    expect(notChinese(told.flatMap(({ title, advice }) => [title, advice]))).toEqual([]);
  });

  it('the steps to reach a server of one’s own are told on every system', () => {
    const systems = ['mac', 'windows', 'linux', null] as const;
    const local = PROVIDER_PRESETS.filter((preset) => preset.local);
    expect(notChinese(local.flatMap(({ baseUrl }) => systems.map((system) => localServerSteps(baseUrl, 'https://tacit.example', 'start-and-allow', system))))).toEqual([]);
  });

  it('what happens to a model in the browser is told', () => {
    const errors: readonly LlmError[] = [
      { kind: 'network', detail: phrase('The server answered {{status}}.', { status: 404 }) },
      { kind: 'no_room' },
      { kind: 'corrupt', path: 'x' },
      { kind: 'busy' },
      { kind: 'missing_files' },
      { kind: 'context_too_long', tokens: 9, limit: 8 },
      { kind: 'device_failed', detail: phrase('ONNX Runtime has no WebAssembly here.') },
    ];
    const told = errors.map((error) => describeLlmError(error, null, null)).filter((failure) => failure !== null);
    expect(notChinese(told.flatMap(({ message, advice }) => [message, advice]))).toEqual([]);
    expect(told).toHaveLength(errors.length);
  });

  it('failures of storage and backups are told', () => {
    const kinds: readonly StorageErrorKind[] = ['quota', 'blocked', 'closed', 'newer', 'corrupt', 'unavailable', 'unknown'];
    expect(notChinese(kinds.map((kind) => thrownText(new StorageFailure(storageError(kind, 'AbortError')))))).toEqual([]);
    const errors: readonly BackupError[] = [
      { kind: 'not_json', detail: 'x' },
      { kind: 'not_backup', detail: 'x' },
      { kind: 'newer_version', found: '2', known: '1' },
      { kind: 'checksum_mismatch' },
      { kind: 'row_invalid', table: 'turns', index: 1, key: null, path: 'id', detail: 'x' },
      { kind: 'passphrase_wrong' },
    ];
    expect(notChinese(errors.map(backupErrorPhrase))).toEqual([]);
  });
});
