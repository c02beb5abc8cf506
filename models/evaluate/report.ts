import type { Calibration, Row } from './measures';
import type { Interval } from './statistics';

/** A table of a protocol, as it is printed and as it is stored. */
export interface Section {
  readonly title: string;
  readonly setting: Readonly<Record<string, string | number>>;
  /** Mean utilities of the fixed points. */
  readonly levels: Readonly<Record<string, number>>;
  readonly methods: readonly Row[];
  readonly calibration: Readonly<Record<string, readonly Calibration[]>>;
  /** Single figures with their meaning as key. */
  readonly figures: Readonly<Record<string, Interval | number | string | null>>;
  /** For protocols with measures of their own: column names, then rows. */
  readonly table?: { readonly columns: readonly string[]; readonly rows: readonly (readonly Entry[])[] };
}

export type Entry = Interval | number | string | null;

/** A section without simulated people's levels. */
export function tableSection(title: string, setting: Section['setting'], columnNames: readonly string[], rows: readonly (readonly Entry[])[], figures: Section['figures'] = {}): Section {
  return { title, setting, levels: {}, methods: [], calibration: {}, figures, table: { columns: columnNames, rows } };
}

export const percent = ({ mean, low, high }: Interval) => `${(100 * mean).toFixed(0)} [${(100 * low).toFixed(0)}, ${(100 * high).toFixed(0)}]`;
export const three = ({ mean, low, high }: Interval) => `${mean.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`;
const orDash = (interval: Interval | null | undefined) => (interval ? percent(interval) : '–');

/** Plain columns, as wide as their widest entry. */
export function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) => row.map((text, column) => text.padEnd(widths[column]!)).join('  ').trimEnd()).join('\n');
}

export function sectionText(section: Section): string {
  const kinds = Object.keys(section.methods[0]?.headroomByKind ?? {});
  const header = ['method', 'picks', 'captured', 'against user-blind', 'headroom %', ...kinds.map((kind) => `${kind} %`), 'worst tenth', 'w/t/l own best', 'top-1 %'];
  const rows = section.methods.map((row) => [
    row.name,
    row.picks === null ? '–' : String(row.picks),
    three(row.captured),
    three(row.gainOverBlind),
    orDash(row.headroom),
    ...kinds.map((kind) => orDash(row.headroomByKind[kind])),
    `${row.worstDecile.toFixed(2)} ${row.worstDecileGain >= 0 ? '+' : ''}${row.worstDecileGain.toFixed(2)}`,
    row.winTieLoss.join('/'),
    row.top1 === null ? '–' : (100 * row.top1).toFixed(0),
  ]);
  return [
    `\n${section.title}`,
    Object.entries(section.setting).map(([name, value]) => `${name} ${value}`).join(', '),
    ...(section.table ? [columns([section.table.columns, ...section.table.rows.map((row) => row.map(entryText))])] : []),
    ...(Object.keys(section.levels).length === 0 ? [] : [`mean utility: ${Object.entries(section.levels).map(([name, value]) => `${name} ${value.toFixed(3)}`).join(', ')}`]),
    ...(rows.length > 0 ? [columns([header, ...rows])] : []),
    ...Object.entries(section.calibration).map(([name, entries]) => `${name}, pick probabilities: ${entries.map(({ picks, ece, accuracy }) => `${picks}: ECE ${ece.toFixed(3)}, right ${(100 * accuracy).toFixed(0)} %`).join('; ')}`),
    ...Object.entries(section.figures).map(([name, value]) => `${name}: ${figureText(value)}`),
  ].join('\n');
}

function entryText(value: Entry): string {
  if (value === null || Number.isNaN(value)) return '–';
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : value.toFixed(3);
  return typeof value === 'string' ? value : three(value);
}

function figureText(value: Interval | number | string | null): string {
  if (value === null) return 'not reached, or not defined here';
  if (typeof value === 'number') return String(Math.round(value * 1e4) / 1e4);
  return typeof value === 'string' ? value : three(value);
}
