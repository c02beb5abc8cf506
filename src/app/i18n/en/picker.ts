import type { Dictionary } from '../dictionary';

export const picker: Dictionary = {
  '{{count}} models were left out by your limits._one': 'One model was left out by your limits.',
  '{{count}} other picks_one': 'One other pick',
};
