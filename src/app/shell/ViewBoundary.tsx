import { Component, type ReactNode } from 'react';
import { t } from '../i18n';
import { Button, EmptyState } from '../ui';

interface BoundaryState {
  readonly problem: string | null;
}

/** A defect in one view must not take the others, or what was typed, with it. */
export class ViewBoundary extends Component<{ readonly children: ReactNode }, BoundaryState> {
  override state: BoundaryState = { problem: null };

  static getDerivedStateFromError(thrown: unknown): BoundaryState {
    return { problem: thrown instanceof Error ? thrown.message : String(thrown) };
  }

  override render() {
    if (this.state.problem === null) return this.props.children;
    return (
      <EmptyState
        title={t('This page stopped working')}
        actions={
          <>
            <Button variant="primary" onClick={() => this.setState({ problem: null })}>
              {t('Try again')}
            </Button>
            <Button onClick={() => location.reload()}>{t('Reload Tacit')}</Button>
          </>
        }
      >
        <p>{t('Your conversations and picks are safe on this device. The error was: {{error}}', { error: this.state.problem })}</p>
      </EmptyState>
    );
  }
}
