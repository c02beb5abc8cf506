import { chat } from './chat';
import { common } from './common';
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

/** Singulars of English sentences with a count; every other key is its own English. */
const AREAS = { common, ui, chat, history, settings, quiz, words, models, providers, picker, memory, moving };

export const EN: Readonly<Record<string, string>> = Object.fromEntries(Object.values(AREAS).flatMap((area) => Object.entries(area)));
