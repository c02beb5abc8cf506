import type { Dictionary } from '../dictionary';

export const history: Dictionary = {};
