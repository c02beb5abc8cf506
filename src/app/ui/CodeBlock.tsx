import { Check, Copy } from 'lucide-react';
import { lazy, Suspense, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Markdown.module.css';

const Diagram = lazy(() => import('./Diagram'));

const SHOWN_MS = 1600;

export interface CodeBlockProps {
  /** As written after the fence; null without. */
  readonly language: string | null;
  readonly children: ReactNode;
  /** The code as text. */
  readonly source: string;
}

/** A block of code with its language and a copy button; a Mermaid block can be drawn on demand. */
export function CodeBlock({ language, children, source }: CodeBlockProps) {
  const { t } = useTranslation();
  const block = useRef<HTMLPreElement>(null);
  const [copied, setCopied] = useState(false);
  const [isDrawn, setDrawn] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(block.current?.textContent ?? '');
      setCopied(true);
      setTimeout(() => setCopied(false), SHOWN_MS);
    } catch {
      // Not allowed: marking it leaves one key to press.
      if (block.current) getSelection()?.selectAllChildren(block.current);
    }
  };
  return (
    <div className={styles.codeBlock}>
      <div className={styles.codeBar}>
        <span className={styles.codeLanguage}>{language ?? t('Code')}</span>
        {language === 'mermaid' && (
          <button type="button" className={styles.codeButton} aria-expanded={isDrawn} onClick={() => setDrawn(!isDrawn)}>
            {isDrawn ? t('Hide diagram') : t('Show diagram')}
          </button>
        )}
        <button type="button" className={styles.codeButton} onClick={() => void copy()}>
          {copied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
          {copied ? t('Copied') : t('Copy')}
        </button>
      </div>
      {isDrawn && (
        <Suspense fallback={<p className={styles.diagramNote}>{t('Drawing…')}</p>}>
          <Diagram source={source} />
        </Suspense>
      )}
      <pre ref={block} tabIndex={0}>
        {children}
      </pre>
    </div>
  );
}
