import type { Dictionary } from '../dictionary';

export const settings: Dictionary = {};
