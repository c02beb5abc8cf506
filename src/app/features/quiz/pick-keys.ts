import { useEffect } from 'react';
import { keyAction } from '../../keys';
import type { QuizSession } from './session';

/** 1, 2, 0, B pick and S skips, from anywhere on the page but where something is typed. Null: nothing to pick. */
export function usePickKeys(session: QuizSession | null): void {
  useEffect(() => {
    if (!session) return;
    const onKeyDown = (event: KeyboardEvent) => {
      const action = keyAction(event, ['left', 'right', 'tie', 'both_bad', 'skip']);
      if (action === null || event.repeat || isInDialog(event.target)) return;
      event.preventDefault();
      if (action === 'skip') void session.skip();
      else void session.pick(action);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [session]);
}

function isInDialog(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('[role="dialog"] *');
}
