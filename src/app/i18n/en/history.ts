import type { Dictionary } from '../dictionary';

export const history: Dictionary = {
  '{{count}} places_one': 'One place',
};
