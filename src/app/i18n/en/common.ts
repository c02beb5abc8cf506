import type { Dictionary } from '../dictionary';

export const common: Dictionary = {};
