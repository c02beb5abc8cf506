import { describe, expect, it } from 'vitest';
import { keyAction, SHORTCUTS, type KeyPress } from './keys';

function press(key: string, held: Partial<KeyPress> = {}): KeyPress {
  return { key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, target: null, ...held };
}

describe('keys', () => {
  it('are told apart by what is held with them', () => {
    const sending = ['send', 'send_other', 'new_line'] as const;
    expect(keyAction(press('Enter'), sending)).toBe('send');
    expect(keyAction(press('Enter', { ctrlKey: true }), sending)).toBe('send');
    expect(keyAction(press('Enter', { altKey: true }), sending)).toBe('send_other');
    expect(keyAction(press('Enter', { shiftKey: true }), sending)).toBe('new_line');
    expect(keyAction(press('K', { metaKey: true }), ['palette'])).toBe('palette');
    expect(keyAction(press('K', { ctrlKey: true, shiftKey: true }), ['palette'])).toBeNull();
    expect(keyAction(press('b', { ctrlKey: true }), ['both_bad'])).toBeNull();
  });

  it('may need Shift for a sign or a digit', () => {
    expect(keyAction(press('?', { shiftKey: true }), ['sheet'])).toBe('sheet');
    expect(keyAction(press('1', { shiftKey: true }), ['left'])).toBe('left');
  });

  it('mean something only where their action is asked for', () => {
    expect(keyAction(press('s'), ['left', 'right'])).toBeNull();
    expect(keyAction(press('x'), ['left', 'skip'])).toBeNull();
  });

  it('are listed as they are printed, each once', () => {
    const listed = SHORTCUTS.map(({ keys }) => keys.join(' '));
    expect(listed).toContain('Ctrl/⌘ Shift O');
    expect(listed).toContain('Esc');
    expect(new Set(listed).size).toBe(listed.length);
  });
});
