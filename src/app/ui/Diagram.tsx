import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Words } from '../../core/phrase';
import { translate } from '../i18n';
import { DiagramRefusal, drawDiagram } from './draw-diagram';
import styles from './Markdown.module.css';

type State = { readonly kind: 'drawing' } | { readonly kind: 'drawn'; readonly address: string; readonly width: number; readonly scheme: 'light' | 'dark' } | { readonly kind: 'failed'; readonly reason: Words };

/** A drawn Mermaid diagram. It is shown as an image, which can neither run nor load anything; the source stays below it. */
export default function Diagram({ source }: { readonly source: string }) {
  const { t } = useTranslation();
  const [state, setState] = useState<State>({ kind: 'drawing' });
  useEffect(() => {
    let address: string | null = null;
    let isGone = false;
    drawDiagram(source).then(
      ({ svg, width, scheme }) => {
        if (isGone) return;
        address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
        setState({ kind: 'drawn', address, width, scheme });
      },
      (thrown: unknown) => !isGone && setState({ kind: 'failed', reason: reasonOf(thrown) }),
    );
    return () => {
      isGone = true;
      if (address !== null) URL.revokeObjectURL(address);
    };
  }, [source]);

  switch (state.kind) {
    case 'drawing':
      return <p className={styles.diagramNote}>{t('Drawing…')}</p>;
    case 'drawn':
      return (
        // The colours are in the picture, so its ground stays as it was when the page's theme changes.
        <div className={styles.diagram} style={{ colorScheme: state.scheme }} tabIndex={0} role="group" aria-label={t('Diagram')}>
          <img src={state.address} alt={t('Diagram of the code below')} width={state.width} />
        </div>
      );
    case 'failed':
      return (
        <div className={styles.diagramNote} role="alert">
          <p>{t('This diagram could not be drawn. Its code is below.')}</p>
          <p className={styles.diagramReason}>{translate(state.reason)}</p>
        </div>
      );
  }
}

function reasonOf(thrown: unknown): Words {
  if (thrown instanceof DiagramRefusal) return thrown.reason;
  return thrown instanceof Error ? thrown.message : String(thrown);
}
