import type { Dictionary } from '../dictionary';

export const words: Dictionary = {};
