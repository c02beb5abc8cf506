import { ChevronDown } from 'lucide-react';
import { useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from '../../i18n';
import { cx, Markdown } from '../../ui';
import styles from './quiz.module.css';

interface AnswerProps {
  readonly text: string;
  /** Both sides open together, so that neither is read in full alone. */
  readonly isExpanded: boolean;
  readonly onExpand: () => void;
}

/** An answer of capped height: long ones fade out until they are opened. */
export function Answer({ text, isExpanded, onExpand }: AnswerProps) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const [overflows, setOverflows] = useState(false);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setOverflows(element.scrollHeight > element.clientHeight + 8));
    observer.observe(element);
    if (element.firstElementChild) observer.observe(element.firstElementChild);
    return () => observer.disconnect();
  }, [text, isExpanded]);
  const isCut = overflows && !isExpanded;
  return (
    <div className={styles.answer}>
      <div ref={box} className={cx(styles.answerBox, isExpanded && styles.answerOpen, isCut && styles.answerCut)}>
        <div>
          <Markdown text={text} />
        </div>
      </div>
      {isCut && (
        <button type="button" className={styles.expand} onClick={onExpand}>
          <ChevronDown size={16} aria-hidden /> {t('Read all')}
        </button>
      )}
    </div>
  );
}
