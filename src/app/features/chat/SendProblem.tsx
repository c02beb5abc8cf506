import { Plug, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ExclusionReason } from '../../../core/routing';
import type { App } from '../../store/app';
import { useApp, useSlice } from '../../store/context';
import { changeSetup } from '../../use-cases/chat-setup';
import type { SendOutcome } from '../../use-cases/send-turn';
import { Button, Notice } from '../../ui';
import { Ranking } from '../../widgets/Ranking';
import styles from './composer.module.css';

const SHOWN_RANKS = 5;

interface SendProblemProps {
  readonly problem: Exclude<SendOutcome, { kind: 'sent' }>;
  readonly onClose: () => void;
  /** Sends after all: to a model that takes no images with a note in their place, or as it is when it takes them. */
  readonly onSendAnyway?: (how: 'with_images' | 'without_images') => void;
}

const RELAX: Readonly<Record<ExclusionReason, string>> = {
  switched_off: 'switch a model on for Auto',
  not_local: 'allow models that do not run on your own machine',
  other_provider: 'allow another provider',
  budget_spent: 'raise the monthly limit of a provider',
  too_expensive: 'raise the price limit for one answer',
  context_too_small: 'start a new chat or connect a model with a longer context',
  missing_modality: 'connect a model that takes images, or choose one yourself of which you know it',
  no_vision: 'allow models that take no images',
  short_context: 'allow models with a shorter context',
  no_tools: 'allow models that call no tools',
};

/** Why nothing was sent, and what would help. The text stays in the box. */
export function SendProblem({ problem, onClose, onSendAnyway }: SendProblemProps) {
  const app = useApp();
  const { t } = useTranslation();
  switch (problem.kind) {
    case 'no_model':
      return <NoModel onClose={onClose} />;
    case 'nothing_qualifies': {
      const { plan } = problem.decision;
      const isBlind = plan.kind === 'none' && plan.relax.length > 0 && plan.relax.every((reason) => reason === 'missing_modality');
      const ways = plan.kind === 'none' ? plan.relax.map((reason) => t(RELAX[reason])) : [];
      return (
        <Notice
          tone="warning"
          icon={<TriangleAlert size={18} />}
          title={isBlind ? t('None of Auto’s models takes images') : t('Your limits leave no model for this prompt')}
          actions={
            <>
              <Button size="sm" onClick={() => app.route.go(isBlind ? 'models' : 'settings')}>
                {isBlind ? t('Open Models') : t('Change the limits')}
              </Button>
              <Button size="sm" variant="quiet" onClick={onClose}>
                {t('Close')}
              </Button>
            </>
          }
        >
          {ways.length > 0 ? `${t('To get an answer, {{ways}}.', { ways: ways.join(t(', or ')) })} ` : ''}
          {t('Nothing was sent.')}
        </Notice>
      );
    }
    case 'not_ready':
      return (
        <Notice tone="warning" icon={<TriangleAlert size={18} />} title={t('The router is not ready yet, and no model may answer in its place')}>
          {t('Nothing was sent. Try again in a moment, or choose a model yourself.')}
        </Notice>
      );
    case 'pinned_gone':
      return (
        <Notice
          tone="warning"
          icon={<TriangleAlert size={18} />}
          title={t('This chat is pinned to {{model}}, which is not connected', { model: app.pool.nameOf(problem.modelId) })}
          actions={
            <>
              <Button size="sm" variant="primary" onClick={() => void changeSetup(app, { pinnedModelId: null }).then(onClose)}>
                {t('Let Auto choose from now on')}
              </Button>
              <Button size="sm" onClick={() => app.route.go('models')}>
                {t('Open Models')}
              </Button>
            </>
          }
        >
          {t('Nothing was sent.')}
        </Notice>
      );
    case 'takes_no_images':
      return (
        <Notice
          tone="warning"
          icon={<TriangleAlert size={18} />}
          title={t('{{model}} takes no images', { model: app.pool.nameOf(problem.modelId) })}
          actions={
            <>
              <Button size="sm" onClick={onClose}>
                {t('Close')}
              </Button>
              {onSendAnyway && (
                <>
                  <Button size="sm" onClick={() => onSendAnyway('without_images')}>
                    {t('Send without the image')}
                  </Button>
                  <Button size="sm" onClick={() => void markAsSeeing(app, problem.modelId).then(() => onSendAnyway('with_images'))}>
                    {t('It does take images: send')}
                  </Button>
                </>
              )}
            </>
          }
        >
          {t('As far as Tacit knows. Nothing was sent. Choose Auto or a model that takes images, or remove the image.')}
        </Notice>
      );
    case 'not_saved':
      return (
        <Notice tone="danger" icon={<TriangleAlert size={18} />} title={t('Nothing was sent, because it could not be saved')}>
          {problem.message}
        </Notice>
      );
  }
}

/** The user knows better what the model takes; Auto counts on it from now on. */
function markAsSeeing(app: App, modelId: string): Promise<void> {
  return app.pool.updateModel(modelId, (model) => ({ ...model, card: { ...model.card, modalities: [...new Set([...model.card.modalities, 'image' as const])] } }));
}

/** The ranking the router would use, so that its judgement can be tried before anything is connected. */
function NoModel({ onClose }: { readonly onClose: () => void }) {
  const app = useApp();
  const { t } = useTranslation();
  const preview = useSlice(app.composer, (state) => state.preview);
  // An empty chat shows the ranking already.
  const isEmptyChat = useSlice(app.chat, (state) => state.turns.length === 0);
  return (
    <section className={styles.noModel} aria-label={t('No model is connected')}>
      <h2 className={styles.noModelTitle}>{isEmptyChat ? t('Nothing is connected that could answer') : t('For this prompt, Tacit would ask')}</h2>
      {!isEmptyChat && preview.kind === 'decided' && <Ranking decision={preview.decision} count={SHOWN_RANKS} />}
      <p className={styles.noModelText}>{t('To get an answer, connect a model with a key of your own, or one that runs on your machine. Your prompt stays in the box.')}</p>
      <div className={styles.noModelActions}>
        <Button variant="primary" icon={<Plug size={16} />} onClick={() => app.route.go('models')}>
          {t('Connect a model')}
        </Button>
        <Button variant="quiet" onClick={onClose}>
          {t('Not now')}
        </Button>
      </div>
    </section>
  );
}
