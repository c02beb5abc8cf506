/** The catalogue of models, see catalogue/. */
export { CATALOGUE } from './catalogue/index';
export { PRICE_LIST, toModelCard } from './catalogue/entry';
export type { Placement } from './catalogue/entry';
export { matchModel } from './catalogue/match';
export type { CatalogueEntry, IdSource, ModelIds, PriceSource } from './catalogue/types';
