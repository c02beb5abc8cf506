import { describe, expect, it } from 'vitest';
import { parseRoute, routeHref } from './route';

describe('routes', () => {
  it('an empty or unknown address is the chat', () => {
    expect(parseRoute('')).toEqual({ view: 'chat', argument: null, detail: null });
    expect(parseRoute('#/nowhere')).toEqual({ view: 'chat', argument: null, detail: null });
  });

  it('round-trips arguments with slashes and spaces', () => {
    const href = routeHref('memory', 'a/b c');
    expect(parseRoute(href)).toEqual({ view: 'memory', argument: 'a/b c', detail: null });
  });

  it('lead to a place inside what they show', () => {
    const href = routeHref('chat', 'c', 't/1');
    expect(href).toBe('#/chat/c/t%2F1');
    expect(parseRoute(href)).toEqual({ view: 'chat', argument: 'c', detail: 't/1' });
  });

  it('survives a broken escape', () => {
    expect(parseRoute('#/chat/%E0%A4%A')).toEqual({ view: 'chat', argument: '%E0%A4%A', detail: null });
  });
});
