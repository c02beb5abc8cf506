import { describe, expect, it } from 'vitest';
import type { Row } from './measures';
import type { ProtocolResult } from './protocols/protocol';
import { acrossTrainings, trainingsText } from './trainings';

function resultWith(rows: readonly { name: string; picks: number | null; captured: number; headroom: number | null }[]): ProtocolResult[] {
  const interval = (value: number) => ({ mean: value, low: value - 0.1, high: value + 0.1 });
  const methods = rows.map((row): Row => ({
    name: row.name, picks: row.picks, utility: row.captured, captured: interval(row.captured), headroom: row.headroom === null ? null : interval(row.headroom), capturedByKind: {},
    headroomByKind: {}, gainOverBlind: interval(0), gainOverBestSingle: interval(0), worstDecile: 0, worstDecileGain: 0, winTieLoss: [0, 0, 0], top1: null, costUsd: null,
  }));
  return [{ protocol: 'new-user', sections: [{ title: 't', setting: {}, levels: {}, methods, calibration: {}, figures: {} }], skipped: [], seconds: 1 }];
}

describe('acrossTrainings', () => {
  it('gives mean and deviation of what differs, and leaves out what no training touches', () => {
    const trainings = [0.2, 0.3, 0.4].map((captured) => resultWith([{ name: 'kNN', picks: null, captured: 0.1, headroom: null }, { name: 'Tacit', picks: 10, captured, headroom: 2 * captured }]));
    const rows = acrossTrainings(trainings);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ section: 't', name: 'Tacit', picks: 10 });
    expect(rows[0]!.captured.mean).toBeCloseTo(0.3, 12);
    expect(rows[0]!.captured.deviation).toBeCloseTo(0.1, 12);
    expect(rows[0]!.headroom!.deviation).toBeCloseTo(0.2, 12);
    expect(trainingsText(rows)).toContain('0.300 ± 0.100');
  });

  it('says nothing of a headroom that one training has not', () => {
    const rows = acrossTrainings([resultWith([{ name: 'Tacit', picks: 0, captured: 0.2, headroom: 0.1 }]), resultWith([{ name: 'Tacit', picks: 0, captured: 0.3, headroom: null }])]);
    expect(rows[0]!.headroom).toBeNull();
  });
});
