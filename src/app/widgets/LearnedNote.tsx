import { useApp, useSlice } from '../store/context';
import { routeHref } from '../store/route';
import type { Reveal } from '../store/chat';
import { Logo } from '../ui';
import styles from './widgets.module.css';

/** "Learned: shorter answers, cheaper models. Undo · Memory". */
export function LearnedNote({ reveal }: { readonly reveal: Reveal }) {
  const app = useApp();
  const undone = useSlice(app.memory, (state) => state.log.find((pair) => pair.id === reveal.preferenceId)?.undoneAt !== null);
  const words = reveal.changes.map((change) => change.words).join(', ');
  if (undone) {
    return (
      <p className={styles.learned} role="status">
        This pick no longer counts.{' '}
        <button type="button" className={styles.inlineButton} onClick={() => void app.memory.redo(reveal.preferenceId)}>
          Let it count again
        </button>
      </p>
    );
  }
  return (
    <p className={styles.learned} role="status">
      <Logo size={16} />
      <span>
        {words ? `Noted: you want ${words}.` : 'Noted.'}{' '}
        <button type="button" className={styles.inlineButton} onClick={() => void app.memory.undo(reveal.preferenceId)}>
          Undo
        </button>{' '}
        <a href={routeHref('memory', reveal.preferenceId)}>Memory</a>
      </span>
    </p>
  );
}
