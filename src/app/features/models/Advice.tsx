import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ResponseFailure } from '../../../core/conversation';
import type { Words } from '../../../core/phrase';
import { translate, useTranslation } from '../../i18n';
import { Notice } from '../../ui';
import { Command } from './Command';
import styles from './advice.module.css';

/** What went wrong at a provider, and the steps that put it right. */
export function FailureNotice({ failure, actions }: { readonly failure: ResponseFailure; readonly actions?: ReactNode }) {
  useTranslation();
  return (
    <Notice tone="danger" icon={<TriangleAlert size={18} aria-hidden />} title={translate(failure.message)} actions={actions}>
      <Steps text={failure.advice} />
    </Notice>
  );
}

/** Plain text with one step a line and commands in backticks. */
export function Steps({ text }: { readonly text: Words }) {
  const said = translate(text);
  const lines = said.split('\n').filter((line) => line.trim() !== '');
  if (lines.length < 2) return <p>{withCode(said)}</p>;
  return (
    <ul className={styles.steps}>
      {lines.map((line) => (
        <li key={line}>{withCode(line)}</li>
      ))}
    </ul>
  );
}

/** Every second part between backticks is a command. */
function withCode(text: string): ReactNode {
  return text.split('`').map((part, index) => {
    if (index % 2 === 0) return part;
    const key = `${index} ${part}`;
    return part.includes(' ') || part.includes('=') ? <Command key={key} text={part} /> : <code key={key} className={styles.code}>{part}</code>;
  });
}
