import type { ExplicitUtility } from '../../../core/routing';

export type WishName = keyof ExplicitUtility;

export interface Wish {
  readonly name: WishName;
  readonly label: string;
  readonly min: -1 | 0;
  readonly ends: readonly [string, string];
  /** What −1 … 1 asks for, by strength. */
  readonly less: string;
  readonly more: string;
}

/** The explicit wishes: they add to what was learned and are never mistaken for it. */
export const WISHES: readonly Wish[] = [
  { name: 'economy', label: 'Cost', min: -1, ends: ['Cost does not matter', 'As cheap as possible'], less: 'cost matters less', more: 'cheaper' },
  { name: 'speed', label: 'Speed', min: -1, ends: ['I can wait', 'As fast as possible'], less: 'slower is fine', more: 'faster' },
  { name: 'length', label: 'Length', min: -1, ends: ['Short', 'Long'], less: 'shorter', more: 'longer' },
  { name: 'quality', label: 'Quality', min: -1, ends: ['Good enough', 'The best there is'], less: 'good enough will do', more: 'better' },
];

/** "as learned", "a little cheaper", "much faster". */
export function wishText(wish: Wish, value: number): string {
  if (Math.abs(value) < 0.05) return 'as learned';
  const word = value > 0 ? wish.more : wish.less;
  const strength = Math.abs(value) > 0.8 ? 'much ' : Math.abs(value) < 0.4 ? 'a little ' : '';
  return word.includes(' ') ? word : `${strength}${word}`;
}

export const COST_LIMITS: readonly { readonly value: string; readonly usd: number | null; readonly label: string }[] = [
  { value: 'none', usd: null, label: 'No limit' },
  { value: '0.001', usd: 0.001, label: '$0.001 for an answer' },
  { value: '0.005', usd: 0.005, label: '$0.005 for an answer' },
  { value: '0.02', usd: 0.02, label: '$0.02 for an answer' },
  { value: '0.1', usd: 0.1, label: '$0.10 for an answer' },
  { value: '0.5', usd: 0.5, label: '$0.50 for an answer' },
];

/** The choice that stands for a limit, which an import may have set to anything. */
export function costLimitChoices(usd: number | null): typeof COST_LIMITS {
  return COST_LIMITS.some((limit) => limit.usd === usd) ? COST_LIMITS : [...COST_LIMITS, { value: String(usd), usd, label: `$${usd} for an answer` }];
}

/** "up to 6 a day". */
export function perDayText(perDay: number): string {
  return perDay === 1 ? 'once a day' : `up to ${perDay} a day`;
}
