import { mark } from '../../../core/phrase';
import { dateText, t } from '../../i18n';
import type { DateGroup } from './rows';

const WORDS: Readonly<Record<Exclude<DateGroup['kind'], 'month'>, string>> = {
  today: mark('Today'),
  yesterday: mark('Yesterday'),
  week: mark('Last 7 days'),
  month30: mark('Last 30 days'),
};

export function groupText(group: DateGroup): string {
  return group.kind === 'month' ? dateText(group.at, { year: 'numeric', month: 'long' }) : t(WORDS[group.kind]);
}
