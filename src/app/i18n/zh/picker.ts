import type { Dictionary } from '../dictionary';

/** Why a model was chosen. */
export const picker: Dictionary = {

};
