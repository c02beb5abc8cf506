import { useEffect } from 'react';
import type { QuizPick, QuizSession } from './session';

const PICK_OF_KEY: Readonly<Record<string, QuizPick>> = { '1': 'left', '2': 'right', '0': 'tie', b: 'both_bad' };

/** 1, 2, 0, B pick and S skips, from anywhere on the page but where something is typed. Null: nothing to pick. */
export function usePickKeys(session: QuizSession | null): void {
  useEffect(() => {
    if (!session) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target)) return;
      const key = event.key.toLowerCase();
      const pick = PICK_OF_KEY[key];
      if (pick) void session.pick(pick);
      else if (key === 's') void session.skip();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [session]);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select, [role="dialog"] *'));
}
