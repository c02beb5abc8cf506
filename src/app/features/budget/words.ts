/** Money as an amount, never in words: "$0", "$0.0004", "$12.30". */
export function usd(value: number): string {
  if (value === 0) return '$0';
  const size = Math.abs(value);
  const digits = size >= 1 ? 2 : size >= 0.01 ? 3 : 5;
  return `${value < 0 ? '−' : ''}$${size.toFixed(digits)}`;
}

/** A limit as typed: "10", "$2.50", "2,5". Null for nothing; undefined for what is not an amount. */
export function readLimit(typed: string): number | null | undefined {
  const text = typed.trim().replace(/^\$\s*/, '').replace(',', '.');
  if (text === '') return null;
  const value = Number(text);
  return Number.isFinite(value) && value >= 0 ? value : undefined;
}
