import { mark } from '../core/phrase';

export type KeyAction = 'palette' | 'sheet' | 'new_chat' | 'send' | 'send_other' | 'new_line' | 'stop' | 'left' | 'right' | 'tie' | 'both_bad' | 'skip';

interface KeyBinding {
  readonly action: KeyAction;
  /** As in `KeyboardEvent.key`, in lower case. */
  readonly key: string;
  /** Ctrl, or ⌘ on a Mac; not when absent. */
  readonly command?: boolean;
  readonly alt?: boolean;
  /** When absent it does not matter: some keyboards need it for a sign or a digit. */
  readonly shift?: boolean;
  /** Means the same while something is typed. */
  readonly typing?: boolean;
  readonly does: string;
}

/** Every shortcut there is. What keys do is looked up here, and the sheet and Help are made from it. */
const BINDINGS: readonly KeyBinding[] = [
  { action: 'palette', key: 'k', command: true, shift: false, typing: true, does: mark('Commands, and search in all chats') },
  { action: 'sheet', key: '?', does: mark('This list') },
  { action: 'sheet', key: '/', command: true, typing: true, does: mark('This list, also while typing') },
  { action: 'new_chat', key: 'o', command: true, shift: true, typing: true, does: mark('New chat') },
  { action: 'send', key: 'enter', shift: false, typing: true, does: mark('Send') },
  { action: 'send', key: 'enter', command: true, shift: false, typing: true, does: mark('Send') },
  { action: 'send_other', key: 'enter', alt: true, shift: false, typing: true, does: mark('Send to the runner-up instead') },
  { action: 'new_line', key: 'enter', shift: true, typing: true, does: mark('New line') },
  { action: 'stop', key: 'escape', typing: true, does: mark('Stop the answer') },
  { action: 'left', key: '1', does: mark('Left answer is better') },
  { action: 'right', key: '2', does: mark('Right answer is better') },
  { action: 'tie', key: '0', does: mark('Both equally good') },
  { action: 'both_bad', key: 'b', does: mark('Both bad') },
  { action: 'skip', key: 's', does: mark('Pass a pair of the quiz over') },
];

export type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'> & { readonly target: EventTarget | null };

/** What a press of keys asks for, if it is one of `among`. */
export function keyAction<Action extends KeyAction>(press: KeyPress, among: readonly Action[]): Action | null {
  const found = BINDINGS.find((binding) => matches(binding, press));
  return among.find((action) => action === found?.action) ?? null;
}

function matches({ key, command = false, alt = false, shift, typing = false }: KeyBinding, press: KeyPress): boolean {
  if (press.key.toLowerCase() !== key || (press.ctrlKey || press.metaKey) !== command || press.altKey !== alt) return false;
  return (shift === undefined || press.shiftKey === shift) && (typing || !isTyping(press.target));
}

function isTyping(target: EventTarget | null): boolean {
  return typeof HTMLElement !== 'undefined' && target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
}

export interface Shortcut {
  /** As printed on the keys. */
  readonly keys: readonly string[];
  readonly does: string;
}

export const SHORTCUTS: readonly Shortcut[] = BINDINGS.map(({ key, command, alt, shift, does }) => ({
  keys: [...(command ? ['Ctrl/⌘'] : []), ...(alt ? ['Alt'] : []), ...(shift ? ['Shift'] : []), printed(key)],
  does,
}));

function printed(key: string): string {
  if (key === 'escape') return 'Esc';
  return key.charAt(0).toUpperCase() + key.slice(1);
}
