import type { TFunction } from 'i18next';
import type { ImportedKind } from '../../../core/preference';
import { listedText } from '../../i18n';
import { ExportFailure, type ExportError, type ExportFormat, type ExportSurvey } from '../../../exchange/model';
import { thrownText } from '../../words/thrown-text';

export const FORMAT_NAMES: Readonly<Record<ExportFormat, string>> = {
  chatgpt: 'ChatGPT',
  claude: 'Claude',
  'open-webui': 'Open WebUI',
  librechat: 'LibreChat',
  arena: 'LMArena',
};

const FORMATS: readonly ExportFormat[] = ['chatgpt', 'claude', 'open-webui', 'librechat', 'arena'];

/** The apps that a file comes from. */
export function sourcesOf(survey: ExportSurvey): string {
  return listedText(FORMATS.filter((format) => survey.chats[format] !== undefined).map((format) => FORMAT_NAMES[format]));
}

export function judgementText(t: TFunction, kind: ImportedKind, count: number): string {
  switch (kind) {
    case 'vote':
      return t('{{count}} votes between two answers', { count });
    case 'rating':
      return t('{{count}} thumbs up or down', { count });
    case 'regeneration':
      return t('{{count}} answers kept after another try', { count });
  }
}

/** What went wrong, and what to do, in words for a person. */
export function importProblem(t: TFunction, thrown: unknown): string {
  if (thrown instanceof ExportFailure) return exportErrorText(t, thrown.error);
  return thrownText(thrown);
}

function exportErrorText(t: TFunction, error: ExportError): string {
  switch (error.kind) {
    case 'empty':
      return t('The file is empty. Download it again.');
    case 'not_json':
      return t('{{file}} is not a JSON file. Choose the export as it was downloaded: the .zip, or the conversations.json in it.', { file: error.file });
    case 'cut_off':
      return t('{{file}} ends in the middle: the download was not complete. Download it again.', { file: error.file });
    case 'broken_json':
      return t('{{file}} is damaged at entry {{entry}} ({{detail}}). Download it again.', { file: error.file, entry: error.entry, detail: error.detail });
    case 'broken_zip':
      return t('The archive is damaged or protected with a password ({{detail}}). Download it again, or unpack it and choose the JSON file in it.', { detail: error.detail });
    case 'too_large':
      return t('{{file}} is larger than any export of chats. It was not unpacked.', { file: error.file });
    case 'unknown_format':
      return t('This is no export that Tacit knows. It reads those of ChatGPT, Claude, Open WebUI, LibreChat and LMArena.');
    case 'no_chats':
      return t('There are no chats in this file.');
    case 'unreadable':
      return t('The file could not be read: {{detail}}', { detail: error.detail });
  }
}
