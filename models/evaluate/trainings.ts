import type { Row } from './measures';
import type { ProtocolResult } from './protocols/protocol';
import { columns } from './report';
import { mean } from './statistics';

/** What one method reached in several trainings of the same recipe under different seeds. */
export interface AcrossTrainings {
  readonly section: string;
  readonly name: string;
  readonly picks: number | null;
  readonly captured: Spread;
  readonly headroom: Spread | null;
}

export interface Spread {
  readonly mean: number;
  /** Standard deviation over the trainings. */
  readonly deviation: number;
  readonly values: readonly number[];
}

/**
 * Rows that differ between trainings, in the order of the first; baselines that never see the router's files are the same in all and left out.
 * @param trainings results of the same protocols and settings, one list for each training
 */
export function acrossTrainings(trainings: readonly (readonly ProtocolResult[])[]): AcrossTrainings[] {
  const [first = [], ...others] = trainings.map(sectionRows);
  return first.flatMap(({ section, row }) => {
    const same = others.map((rows) => rows.find((other) => other.section === section && other.row.name === row.name && other.row.picks === row.picks)?.row);
    const all = [row, ...same].filter((found) => found !== undefined);
    if (all.length !== trainings.length || all.every(({ utility }) => utility === row.utility)) return [];
    const headrooms = all.flatMap(({ headroom }) => (headroom === null ? [] : [headroom.mean]));
    return [{ section, name: row.name, picks: row.picks, captured: spread(all.map(({ captured }) => captured.mean)), headroom: headrooms.length === all.length ? spread(headrooms) : null }];
  });
}

function sectionRows(results: readonly ProtocolResult[]): { section: string; row: Row }[] {
  return results.flatMap(({ sections }) => sections.flatMap(({ title, methods }) => methods.map((row) => ({ section: title, row }))));
}

function spread(values: readonly number[]): Spread {
  const centre = mean(values);
  return { mean: centre, deviation: Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / Math.max(1, values.length - 1)), values };
}

export function trainingsText(rows: readonly AcrossTrainings[]): string {
  const text = ({ mean: centre, deviation }: Spread) => `${centre.toFixed(3)} ± ${deviation.toFixed(3)}`;
  const table = rows.map(({ section, name, picks, captured, headroom }) => [section, name, picks === null ? '–' : String(picks), text(captured), headroom ? text(headroom) : '–']);
  return `\nacross ${rows[0]?.captured.values.length ?? 0} trainings, mean ± standard deviation\n${columns([['table', 'method', 'picks', 'captured', 'headroom'], ...table])}`;
}
