import type { Dictionary } from '../dictionary';

export const moving: Dictionary = {};
