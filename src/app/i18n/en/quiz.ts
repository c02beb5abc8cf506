import type { Dictionary } from '../dictionary';

export const quiz: Dictionary = {
  'From {{count}} picks. It goes on learning while you chat, and you can change your mind at any time._one': 'From one pick. It goes on learning while you chat, and you can change your mind at any time.',
};
