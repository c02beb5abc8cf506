import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelResponse } from '../../core/conversation';
import { translate } from '../i18n';
import { Markdown, Notice, Spinner } from '../ui';
import styles from './widgets.module.css';

export interface ResponseBodyProps {
  readonly response: ModelResponse;
  /** What can be done about a failure. */
  readonly failureActions?: ReactNode;
  /** Said before the first word arrives. */
  readonly waiting: string;
}

/** The text of an answer: thinking folded away, what arrived is kept, and a failure says what to do. */
export function ResponseBody({ response, failureActions, waiting }: ResponseBodyProps) {
  const { t } = useTranslation();
  const { text, reasoningText, status, failure } = response;
  const isStreaming = status === 'streaming';
  return (
    <div className={styles.body} aria-busy={isStreaming}>
      {reasoningText && (
        <details className={styles.thinking}>
          <summary>{isStreaming && !text ? t('Thinking…') : t('Thought about it')}</summary>
          <div className={styles.thinkingText}>{reasoningText}</div>
        </details>
      )}
      {text && <Markdown text={text} />}
      {isStreaming && !text && !reasoningText && (
        <p className={styles.waiting}>
          <Spinner size={14} /> {waiting}
        </p>
      )}
      {status === 'stopped' && !failure && <p className={styles.waiting}>{text ? t('Stopped here.') : t('Stopped before the first word.')}</p>}
      {failure && (
        <Notice tone={status === 'failed' ? 'danger' : 'warning'} icon={<TriangleAlert size={18} />} title={translate(failure.message)} actions={failureActions}>
          <p className={styles.advice}>{translate(failure.advice)}</p>
        </Notice>
      )}
    </div>
  );
}
