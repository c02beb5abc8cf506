import { backup } from './backup';
import { chat } from './chat';
import { common } from './common';
import { connecting } from './connecting';
import { engine } from './engine';
import { examples } from './examples';
import { history } from './history';
import { memory } from './memory';
import { models } from './models';
import { moving } from './moving';
import { picker } from './picker';
import { providers } from './providers';
import { quiz } from './quiz';
import { settings } from './settings';
import { ui } from './ui';
import { words } from './words';

/** Simplified Chinese, one file per area; loaded as one chunk when the language is chosen. */
export const ZH_AREAS = { common, ui, chat, examples, history, settings, quiz, words, engine, models, providers, connecting, picker, memory, backup, moving };

export const ZH: Readonly<Record<string, string>> = Object.fromEntries(Object.values(ZH_AREAS).flatMap((area) => Object.entries(area)));
