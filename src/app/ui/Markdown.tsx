import { lazy, Suspense } from 'react';
import styles from './Markdown.module.css';

const MarkdownBody = lazy(() => import('./MarkdownBody'));

/**
 * Renders a model's reply. Replies are hostile input: no raw HTML, images become a plain link label and are never requested,
 * links open in a new tab without opener. The text shows as it is until the renderer has loaded.
 */
export function Markdown({ text }: { readonly text: string }) {
  return (
    <div className={styles.markdown}>
      <Suspense fallback={<p className={styles.plain}>{text}</p>}>
        <MarkdownBody text={text} />
      </Suspense>
    </div>
  );
}
