import type { Dictionary } from '../dictionary';

export const picker: Dictionary = {};
