import { Plug, TriangleAlert } from 'lucide-react';
import type { ExclusionReason } from '../../../core/routing';
import { useApp, useSlice } from '../../store/context';
import type { SendOutcome } from '../../use-cases/send-turn';
import { Button, Notice } from '../../ui';
import { Ranking } from '../../widgets/Ranking';
import styles from './composer.module.css';

const SHOWN_RANKS = 5;

interface SendProblemProps {
  readonly problem: Exclude<SendOutcome, { kind: 'sent' }>;
  readonly onClose: () => void;
}

const RELAX: Readonly<Record<ExclusionReason, string>> = {
  switched_off: 'switch a model on for Auto',
  not_local: 'allow models that do not run on your own machine',
  other_provider: 'allow another provider',
  budget_spent: 'raise the monthly limit of a provider',
  too_expensive: 'raise the price limit for one answer',
  context_too_small: 'start a new chat or connect a model with a longer context',
  missing_modality: 'connect a model that takes this kind of input',
  no_vision: 'allow models that take no images',
  short_context: 'allow models with a shorter context',
  no_tools: 'allow models that call no tools',
};

/** Why nothing was sent, and what would help. The text stays in the box. */
export function SendProblem({ problem, onClose }: SendProblemProps) {
  const app = useApp();
  switch (problem.kind) {
    case 'no_model':
      return <NoModel onClose={onClose} />;
    case 'nothing_qualifies': {
      const { plan } = problem.decision;
      const ways = plan.kind === 'none' ? plan.relax.map((reason) => RELAX[reason]) : [];
      return (
        <Notice
          tone="warning"
          icon={<TriangleAlert size={18} />}
          title="Your limits leave no model for this prompt"
          actions={
            <>
              <Button size="sm" onClick={() => app.route.go('settings')}>
                Change the limits
              </Button>
              <Button size="sm" variant="quiet" onClick={onClose}>
                Close
              </Button>
            </>
          }
        >
          {ways.length > 0 ? `To get an answer, ${ways.join(', or ')}. ` : ''}Nothing was sent.
        </Notice>
      );
    }
    case 'not_saved':
      return (
        <Notice tone="danger" icon={<TriangleAlert size={18} />} title="Nothing was sent, because it could not be saved">
          {problem.message}
        </Notice>
      );
  }
}

/** The ranking the router would use, so that its judgement can be tried before anything is connected. */
function NoModel({ onClose }: { readonly onClose: () => void }) {
  const app = useApp();
  const preview = useSlice(app.composer, (state) => state.preview);
  // An empty chat shows the ranking already.
  const isEmptyChat = useSlice(app.chat, (state) => state.turns.length === 0);
  return (
    <section className={styles.noModel} aria-label="No model is connected">
      <h2 className={styles.noModelTitle}>{isEmptyChat ? 'Nothing is connected that could answer' : 'For this prompt, Tacit would ask'}</h2>
      {!isEmptyChat && preview.kind === 'decided' && <Ranking decision={preview.decision} count={SHOWN_RANKS} />}
      <p className={styles.noModelText}>
        To get an answer, connect a model with a key of your own, or one that runs on your machine. Your prompt stays in the box.
      </p>
      <div className={styles.noModelActions}>
        <Button variant="primary" icon={<Plug size={16} />} onClick={() => app.route.go('models')}>
          Connect a model
        </Button>
        <Button variant="quiet" onClick={onClose}>
          Not now
        </Button>
      </div>
    </section>
  );
}
