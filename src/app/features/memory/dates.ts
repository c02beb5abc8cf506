import { dateText } from '../../i18n';

/** "Nov 22, 2026, 09:05", as the language writes it. */
export function momentText(time: number): string {
  return dateText(time, { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' });
}
