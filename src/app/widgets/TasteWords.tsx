import { listText, tasteSummary, type TasteAxis } from '../words/taste-profile';
import styles from './taste-bars.module.css';

/** The profile in sentences, surest first. */
export function TasteWords({ axes }: { readonly axes: readonly TasteAxis[] }) {
  const { clear, leaning, unknown } = tasteSummary(axes);
  if (clear.length === 0 && leaning.length === 0) {
    return <p className={styles.sentence}>Nothing is certain yet. A few more picks will show which way you lean.</p>;
  }
  return (
    <div className={styles.words}>
      {clear.length > 0 && (
        <p className={styles.sentence}>
          You like <strong>{listText(clear)}</strong>.
        </p>
      )}
      {leaning.length > 0 && <p className={clear.length > 0 ? styles.aside : styles.sentence}>You seem to lean towards {listText(leaning)}.</p>}
      {unknown.length > 0 && <p className={styles.aside}>Still open: {listText(unknown).toLowerCase()}.</p>}
    </div>
  );
}
