import type { Dictionary } from '../dictionary';

export const chat: Dictionary = {};
