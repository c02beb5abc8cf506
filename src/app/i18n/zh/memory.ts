import type { Dictionary } from '../dictionary';

export const memory: Dictionary = {};
