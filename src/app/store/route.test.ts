import { describe, expect, it } from 'vitest';
import { parseRoute, routeHref } from './route';

describe('routes', () => {
  it('an empty or unknown address is the chat', () => {
    expect(parseRoute('')).toEqual({ view: 'chat', argument: null });
    expect(parseRoute('#/nowhere')).toEqual({ view: 'chat', argument: null });
  });

  it('round-trips arguments with slashes and spaces', () => {
    const href = routeHref('memory', 'a/b c');
    expect(parseRoute(href)).toEqual({ view: 'memory', argument: 'a/b c' });
  });

  it('survives a broken escape', () => {
    expect(parseRoute('#/chat/%E0%A4%A')).toEqual({ view: 'chat', argument: '%E0%A4%A' });
  });
});
