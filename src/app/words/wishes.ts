import { mark } from '../../core/phrase';
import type { ExplicitUtility } from '../../core/routing';
import { t } from '../i18n';

export type WishName = keyof ExplicitUtility;

export interface Wish {
  readonly name: WishName;
  /** These words are English, to be said through `t`. */
  readonly label: string;
  readonly min: -1 | 0;
  readonly ends: readonly [string, string];
  /** What −1 … 1 asks for, by strength. */
  readonly less: string;
  readonly more: string;
}

/** The explicit wishes: they add to what was learned and are never mistaken for it. */
export const WISHES: readonly Wish[] = [
  { name: 'economy', label: mark('Cost'), min: -1, ends: [mark('Cost does not matter'), mark('As cheap as possible')], less: mark('cost matters less'), more: mark('cheaper') },
  { name: 'speed', label: mark('Speed'), min: -1, ends: [mark('I can wait'), mark('As fast as possible')], less: mark('slower is fine'), more: mark('faster') },
  { name: 'length', label: mark('Length'), min: -1, ends: [mark('Short'), mark('Long')], less: mark('shorter'), more: mark('longer') },
  { name: 'quality', label: mark('Quality'), min: -1, ends: [mark('Good enough'), mark('The best there is')], less: mark('good enough will do'), more: mark('better') },
];

/** "as learned", "a little cheaper", "much faster". */
export function wishText(wish: Wish, value: number): string {
  if (Math.abs(value) < 0.05) return t('as learned');
  const word = value > 0 ? wish.more : wish.less;
  // Only a comparative takes a degree.
  if (word.includes(' ')) return t(word);
  if (Math.abs(value) > 0.8) return t('much {{more}}', { more: t(word) });
  return Math.abs(value) < 0.4 ? t('a little {{more}}', { more: t(word) }) : t(word);
}

export interface CostLimit {
  readonly value: string;
  readonly usd: number | null;
  readonly label: string;
}

const COST_LIMITS: readonly number[] = [0.001, 0.005, 0.02, 0.1, 0.5];

/** What one answer may cost at most; an import may have set it to anything, so what is set is always among the choices. */
export function costLimitChoices(usd: number | null): readonly CostLimit[] {
  const limits = usd === null || COST_LIMITS.includes(usd) ? COST_LIMITS : [...COST_LIMITS, usd];
  return [
    { value: 'none', usd: null, label: t('No limit') },
    ...limits.map((limit) => ({ value: String(limit), usd: limit, label: t('{{price}} for an answer', { price: dollarsText(limit) }) })),
  ];
}

function dollarsText(usd: number): string {
  return `$${usd >= 0.1 ? usd.toFixed(2) : usd}`;
}

/** "up to 6 a day". */
export function perDayText(perDay: number): string {
  return t('up to {{count}} a day', { count: perDay });
}
