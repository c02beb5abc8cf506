import { Plug, TriangleAlert } from 'lucide-react';
import type { ExclusionReason, RoutingDecision } from '../../../core/routing';
import { joinedText, textOf, useTranslation } from '../../i18n';
import type { App } from '../../store/app';
import { useApp, useSlice } from '../../store/context';
import { Button, Notice, toast } from '../../ui';
import { changeSetup } from '../../use-cases/chat-setup';
import { canRelax, relax, relaxationsOf, spentConnections, type Relaxation } from '../../use-cases/relax';
import type { SendOutcome } from '../../use-cases/send-turn';
import { Ranking } from '../../widgets/Ranking';
import { reasonText, relaxText } from '../../words/limit-words';
import styles from './composer.module.css';

const SHOWN_RANKS = 5;

interface SendProblemProps {
  readonly problem: Exclude<SendOutcome, { kind: 'sent' } | { kind: 'declined' }>;
  readonly onClose: () => void;
  /** Sends after all: to a model that takes no images with a note in their place, or as it is when it takes them. */
  readonly onSendAnyway?: (how: 'with_images' | 'without_images') => void;
}

/** Why nothing was sent, and what would help. The text stays in the box. */
export function SendProblem({ problem, onClose, onSendAnyway }: SendProblemProps) {
  const app = useApp();
  const { t } = useTranslation();
  switch (problem.kind) {
    case 'no_model':
      return <NoModel onClose={onClose} />;
    case 'nothing_qualifies':
      return <NothingQualifies decision={problem.decision} onClose={onClose} />;
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

/** Names what keeps every model out, and offers to lift exactly that. */
function NothingQualifies({ decision, onClose }: { readonly decision: RoutingDecision; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const app = useApp();
  const ways = relaxationsOf(decision);
  const reasons = [...new Set(ways.flatMap((way) => way.reasons))];
  const isBlind = reasons.length > 0 && reasons.every((reason) => reason === 'missing_modality');
  return (
    <Notice
      tone="warning"
      icon={<TriangleAlert size={18} />}
      title={isBlind ? t('None of Auto’s models takes images') : t('Your limits leave no model for this prompt')}
      actions={
        <>
          {ways.map((way) => (
            <WayOut key={way.reasons.join()} way={way} decision={decision} onDone={onClose} />
          ))}
          <Button size="sm" variant="quiet" onClick={() => app.route.go('settings', 'router')}>
            {t('All limits')}
          </Button>
          <Button size="sm" variant="quiet" onClick={onClose}>
            {t('Close')}
          </Button>
        </>
      }
    >
      {textOf(reasons.length > 0 ? t('In the way: {{reasons}}.', { reasons: joinedText(reasons.map(reasonText)) }) : null, t('Nothing was sent.'))}
    </Notice>
  );
}

interface WayOutProps {
  readonly way: Relaxation;
  readonly decision: RoutingDecision;
  readonly onDone: () => void;
}

function WayOut({ way, decision, onDone }: WayOutProps) {
  const { t } = useTranslation();
  const app = useApp();
  const connections = useSlice(app.pool, (state) => state.connections);
  const spent = spentConnections(decision.excluded).map((id) => connections.find((connection) => connection.id === id)?.name ?? id);
  const say = (reason: ExclusionReason) => relaxText(reason, spent);
  const [only] = way.reasons;
  if (!canRelax(way)) {
    if (way.reasons.length > 1 || only === undefined) return null;
    return (
      <Button size="sm" onClick={() => app.route.go(only === 'context_too_small' ? 'chat' : 'models')}>
        {say(only)}
      </Button>
    );
  }
  const lift = async () => {
    await relax(app, way, decision);
    toast(t('Done. Send again when you are ready.'));
    onDone();
  };
  return (
    <Button size="sm" variant="primary" onClick={() => void lift()}>
      {way.reasons.map(say).join(' + ')}
    </Button>
  );
}

/** The ranking the router would use, so that its judgement can be tried before anything is connected. */
function NoModel({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const app = useApp();
  const preview = useSlice(app.composer, (state) => state.preview);
  // An empty chat shows the ranking already.
  const isEmptyChat = useSlice(app.chat, (state) => state.turns.length === 0);
  return (
    <section className={styles.noModel} aria-label={t('No model is connected')}>
      <h2 className={styles.noModelTitle}>{isEmptyChat ? t('Nothing is connected that could answer') : t('For this prompt, Tacit would ask')}</h2>
      {!isEmptyChat && preview.kind === 'decided' && <Ranking decision={preview.decision} count={SHOWN_RANKS} />}
      <p className={styles.noModelText}>
        {t('To get an answer, connect a model with a key of your own, or one that runs on your machine. Your prompt stays in the box.')}
      </p>
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
