import type { Dictionary } from '../dictionary';

export const settings: Dictionary = {
  'Built with {{count}} libraries_one': 'Built with one library',
  '{{count}} threads_one': 'one thread',
  '{{count}} chats_one': '{{count}} chat',
  '{{count}} picks_one': '{{count}} pick',
  '{{count}} connections_one': '{{count}} connection',
  '{{count}} keys_one': '{{count}} key',
  'up to {{count}} a day_one': 'once a day',
};
