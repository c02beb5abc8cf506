import type { Dictionary } from '../dictionary';

export const providers: Dictionary = {};
