import type { ReactNode } from 'react';
import { Button } from '../../ui';
import styles from './offline.module.css';

interface BarAction {
  readonly label: string;
  readonly onClick: () => void;
}

interface BarProps {
  readonly icon: ReactNode;
  readonly text: string;
  readonly action?: BarAction;
  readonly aside?: BarAction;
}

export function Bar({ icon, text, action, aside }: BarProps) {
  return (
    <div className={styles.bar} role="status">
      <span className={styles.icon}>{icon}</span>
      <p className={styles.text}>{text}</p>
      {action && (
        <Button size="sm" variant="primary" onClick={action.onClick}>
          {action.label}
        </Button>
      )}
      {aside && (
        <Button size="sm" variant="quiet" onClick={aside.onClick}>
          {aside.label}
        </Button>
      )}
    </div>
  );
}
