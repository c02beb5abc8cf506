import { useTranslation } from '../i18n';
import type { Shortcut } from '../keys';
import { Kbd } from '../ui';
import styles from './shortcuts.module.css';

/** Keys and what they do. */
export function ShortcutList({ shortcuts }: { readonly shortcuts: readonly Shortcut[] }) {
  const { t } = useTranslation();
  return (
    <dl className={styles.keys}>
      {shortcuts.map(({ keys, does }) => (
        <div key={keys.join(' ')}>
          <dt>
            {keys.map((key) => (
              <Kbd key={key}>{key}</Kbd>
            ))}
          </dt>
          <dd>{t(does)}</dd>
        </div>
      ))}
    </dl>
  );
}
