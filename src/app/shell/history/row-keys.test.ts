import { describe, expect, it } from 'vitest';
import { nextStop } from './row-keys';

describe('the arrow keys of the history', () => {
  it('move by one, stop at the ends, and jump to them', () => {
    expect(['ArrowDown', 'ArrowUp', 'Home', 'End'].map((key) => nextStop(key, 1, 3))).toEqual([2, 0, 0, 2]);
    expect([nextStop('ArrowDown', 2, 3), nextStop('ArrowUp', 0, 3)]).toEqual([2, 0]);
  });

  it('leave every other key alone, and an empty list', () => {
    expect([nextStop('a', 1, 3), nextStop('Tab', 1, 3), nextStop('End', -1, 0)]).toEqual([-1, -1, -1]);
  });
});
