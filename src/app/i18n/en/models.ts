import type { Dictionary } from '../dictionary';

export const models: Dictionary = {};
