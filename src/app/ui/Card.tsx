import type { ComponentProps, ReactNode } from 'react';
import { cx } from './cx';
import styles from './surfaces.module.css';

export type Tone = 'neutral' | 'accent' | 'warning' | 'danger';

export function Badge({ tone = 'neutral', children }: { readonly tone?: Tone; readonly children: ReactNode }) {
  return <span className={cx(styles.badge, styles[`badge-${tone}`])}>{children}</span>;
}

export function Card({ className, children, ...rest }: ComponentProps<'section'>) {
  return (
    <section className={cx(styles.card, className)} {...rest}>
      {children}
    </section>
  );
}

export interface NoticeProps {
  readonly tone?: Tone;
  readonly icon?: ReactNode;
  readonly title: ReactNode;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}

/** In a dialog that scrolls, what went wrong would else appear below the edge. */
function bringIntoSight(element: HTMLElement | null): void {
  if (element?.closest('[role="dialog"]')) element.scrollIntoView({ block: 'nearest' });
}

/** Something to know or to do, in place: a failure with its advice, a hint, a state. */
export function Notice({ tone = 'neutral', icon, title, children, actions }: NoticeProps) {
  return (
    <div className={cx(styles.notice, styles[`notice-${tone}`])} {...(tone === 'danger' ? { role: 'alert', ref: bringIntoSight } : {})}>
      {icon && <span className={styles.noticeIcon}>{icon}</span>}
      <div className={styles.noticeBody}>
        <p className={styles.noticeTitle}>{title}</p>
        {children && <div className={styles.noticeText}>{children}</div>}
        {actions && <div className={styles.noticeActions}>{actions}</div>}
      </div>
    </div>
  );
}

export function EmptyState({ icon, title, children, actions }: NoticeProps) {
  return (
    <div className={styles.empty}>
      {icon && <span className={styles.emptyIcon}>{icon}</span>}
      <h2 className={styles.emptyTitle}>{title}</h2>
      {children && <div className={styles.emptyText}>{children}</div>}
      {actions && <div className={styles.noticeActions}>{actions}</div>}
    </div>
  );
}

export function Kbd({ children }: { readonly children: ReactNode }) {
  return <kbd className={styles.kbd}>{children}</kbd>;
}

export interface PageProps {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  readonly wide?: boolean;
}

/** The frame of every view but chat: heading, one-sentence lead, content in a readable measure; scrolls by itself. */
export function Page({ title, lead, actions, children, wide = false }: PageProps) {
  return (
    <div className={styles.page}>
      <div className={cx(styles.pageInner, wide && styles.pageWide)}>
        <header className={styles.pageHeader}>
          <div>
            <h1 className={styles.pageTitle}>{title}</h1>
            {lead && <p className={styles.pageLead}>{lead}</p>}
          </div>
          {actions && <div className={styles.noticeActions}>{actions}</div>}
        </header>
        {children}
      </div>
    </div>
  );
}

/** A titled group of rows inside a Page, for example in settings. */
export function Section({ title, hint, children }: { readonly title: string; readonly hint?: ReactNode; readonly children: ReactNode }) {
  return (
    <section className={styles.section}>
      <h2 className={styles.sectionTitle}>{title}</h2>
      {hint && <p className={styles.sectionHint}>{hint}</p>}
      <div className={styles.sectionBody}>{children}</div>
    </section>
  );
}
