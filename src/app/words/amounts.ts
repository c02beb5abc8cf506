import { t } from '../i18n';

/** "$0.0004", "free", "price unknown". */
export function costText(usd: number | null): string {
  if (usd === null) return t('price unknown');
  if (usd === 0) return t('free');
  if (usd < 0.0001) return t('under $0.0001');
  if (usd < 0.01) return `$${trimZeros(usd.toFixed(4))}`;
  return `$${usd < 1 ? usd.toFixed(3) : usd.toFixed(2)}`;
}

function trimZeros(text: string): string {
  return text.replace(/0+$/, '');
}

/** Rounded as one would say it: "about 180 words". */
export function wordsText(words: number): string {
  const step = words < 50 ? 5 : words < 200 ? 10 : words < 1000 ? 50 : 100;
  return t('about {{words}} words', { words: Math.max(step, Math.round(words / step) * step) });
}

export function percentText(probability: number): string {
  return t('{{percent}}\u00a0%', { percent: Math.round(probability * 100) });
}

/** "340 B", "12 kB", "3.4 MB". */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1e6 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** "1.2 s" or "340 ms". */
export function durationText(ms: number): string {
  return ms >= 1000 ? t('{{seconds}} s', { seconds: (ms / 1000).toFixed(1) }) : t('{{ms}} ms', { ms: Math.round(ms) });
}
