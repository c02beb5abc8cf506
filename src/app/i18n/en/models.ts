import type { Dictionary } from '../dictionary';

export const models: Dictionary = {
  '{{name}} lists {{count}} models._one': '{{name}} lists one model.',
};
