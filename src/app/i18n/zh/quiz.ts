import type { Dictionary } from '../dictionary';

export const quiz: Dictionary = {};
