/**
 * Which of two versions of a row is newer. A version is named by its author's clock and device; it carries the names of the versions it was made
 * from, so that "newer" can be told from "made at the same time elsewhere". Clocks follow the wall clock and never go back (hybrid logical
 * clocks, Kulkarni et al. 2014), so that the last writer is the last writer for people, too.
 */
export interface Version {
  readonly clock: number;
  readonly device: string;
  /** Names of earlier versions, newest first. */
  readonly history: readonly string[];
}

/** Versions a row remembers: more than two devices make of it between two meetings. */
const HISTORY_LENGTH = 32;

export function versionName({ clock, device }: Pick<Version, 'clock' | 'device'>): string {
  return `${clock.toString(36)}.${device}`;
}

export type Order = 'same' | 'newer' | 'older' | 'concurrent';

/** How `left` stands to `right`. */
export function orderOf(left: Version, right: Version): Order {
  const leftName = versionName(left);
  const rightName = versionName(right);
  if (leftName === rightName) return 'same';
  if (left.history.includes(rightName)) return 'newer';
  return right.history.includes(leftName) ? 'older' : 'concurrent';
}

/** The same on every device, whoever asks. */
export function isLater(left: Version, right: Version): boolean {
  return left.clock === right.clock ? left.device > right.device : left.clock > right.clock;
}

/** What a version made from these remembers. */
export function historyAfter(...versions: readonly Version[]): readonly string[] {
  const names = new Set(versions.flatMap((version) => [versionName(version), ...version.history]));
  return [...names].toSorted(byClockDown).slice(0, HISTORY_LENGTH);
}

function byClockDown(left: string, right: string): number {
  const difference = clockOf(right) - clockOf(left);
  return difference || (left < right ? 1 : -1);
}

function clockOf(name: string): number {
  return Number.parseInt(name.slice(0, name.indexOf('.')), 36);
}
