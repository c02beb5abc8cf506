import type { Dictionary } from '../dictionary';

export const ui: Dictionary = {};
