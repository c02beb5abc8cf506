import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ImportedKind } from '../../../core/preference';
import type { ExportSurvey } from '../../../exchange/model';
import { dateText, listedText } from '../../i18n';
import { routeHref } from '../../store/route';
import { Button, Dialog, Notice, ProgressBar, Switch } from '../../ui';
import type { ImportPreview } from './import-run';
import { judgementText, sourcesOf } from './import-words';
import styles from './memory.module.css';
import { useImport, type ImportFlow, type LearningPhase } from './use-import';

interface ImportDialogProps {
  readonly files: readonly File[];
  readonly onClose: () => void;
}

/** Shows what is in the files first; then brings it in. */
export function ImportDialog({ files, onClose }: ImportDialogProps) {
  const { t } = useTranslation();
  const flow = useImport(files);
  const close = () => {
    flow.cancel();
    onClose();
  };
  return (
    <Dialog open onOpenChange={(open) => !open && close()} title={t('Import chats')} description={listedText(files.map((file) => file.name))}>
      <Contents flow={flow} onClose={close} />
    </Dialog>
  );
}

function Contents({ flow, onClose }: { readonly flow: ImportFlow; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { phase } = flow;
  switch (phase.kind) {
    case 'reading':
    case 'importing':
      return (
        <div className={styles.form}>
          <ProgressBar label={phase.kind === 'reading' ? t('Reading the file') : t('Bringing the chats in')} value={phase.share} detail={t('{{count}} chats', { count: phase.chats })} />
          <footer className={styles.formFooter}>
            <Button onClick={onClose}>{t('Cancel')}</Button>
          </footer>
        </div>
      );
    case 'failed':
      return (
        <Notice tone="danger" icon={<TriangleAlert size={18} aria-hidden />} title={t('Nothing was imported')}>
          {phase.problem}
        </Notice>
      );
    case 'done':
      return <Done phase={phase} onClose={onClose} />;
    case 'preview':
      return <Preview flow={flow} preview={phase.preview} learning={phase.learning} problem={phase.problem} onClose={onClose} />;
  }
}

interface PreviewProps {
  readonly flow: ImportFlow;
  readonly preview: ImportPreview;
  readonly learning: LearningPhase;
  readonly problem: string | null;
  readonly onClose: () => void;
}

function Preview({ flow, preview, learning, problem, onClose }: PreviewProps) {
  const { t } = useTranslation();
  const { survey, alreadyHere } = preview;
  const chats = survey.conversationIds.length;
  return (
    <div className={styles.form}>
      <Notice tone="accent" title={t('{{count}} chats from {{source}}', { count: chats, source: sourcesOf(survey) })}>
        <SurveyFacts survey={survey} />
      </Notice>
      {alreadyHere > 0 && <p className={styles.faint}>{t('{{count}} of them are here already: only what is new in them is added.', { count: alreadyHere })}</p>}
      {survey.skipped > 0 && <p className={styles.faint}>{t('{{count}} entries are empty or cannot be read and are left out.', { count: survey.skipped })}</p>}
      {survey.judgements.length > 0 && <Learning flow={flow} survey={survey} learning={learning} />}
      {problem !== null && <Notice tone="danger" title={t('The ratings cannot be learned now')}>{problem}</Notice>}
      <footer className={styles.formFooter}>
        <Button onClick={onClose}>{t('Cancel')}</Button>
        <Button variant="primary" disabled={learning.kind === 'preparing'} onClick={flow.start}>
          {t('Import {{count}} chats', { count: chats })}
        </Button>
      </footer>
    </div>
  );
}

const MODELS_NAMED = 4;

function SurveyFacts({ survey }: { readonly survey: ExportSurvey }) {
  const { t } = useTranslation();
  const models = survey.models.slice(0, MODELS_NAMED).map((model) => model.name);
  const more = survey.models.length - models.length;
  return (
    <ul className={styles.facts}>
      <li>
        {t('{{count}} prompts', { count: survey.prompts })}, {t('{{count}} answers', { count: survey.answers })}
        {survey.from !== null && survey.to !== null && ` · ${dateText(survey.from)} – ${dateText(survey.to)}`}
      </li>
      {models.length > 0 && (
        <li>
          {t('Models')}: {listedText(models)}
          {more > 0 && ` +${more}`}
        </li>
      )}
      <li>{listedText(survey.titles.map((title) => t('“{{traits}}”', { traits: title })))}</li>
    </ul>
  );
}

const KINDS: readonly ImportedKind[] = ['vote', 'rating', 'regeneration'];

/** Opt-in: nothing is learned from another app unless the user has seen what it would be. */
function Learning({ flow, survey, learning }: { readonly flow: ImportFlow; readonly survey: ExportSurvey; readonly learning: LearningPhase }) {
  const { t } = useTranslation();
  const found = KINDS.filter((kind) => survey.judgementCounts[kind] > 0).map((kind) => judgementText(t, kind, survey.judgementCounts[kind]));
  return (
    <section className={styles.learning}>
      <Switch
        label={t('Learn my taste from it')}
        hint={t('In the file: {{found}}. They weigh half of what they would here, or less, and can be taken back together.', { found: listedText(found) })}
        checked={learning.kind !== 'off'}
        onCheckedChange={flow.setLearning}
      />
      {learning.kind === 'preparing' && <ProgressBar label={t('Working out what it would teach')} value={learning.total === 0 ? 0 : learning.done / learning.total} detail={`${learning.done} / ${learning.total}`} />}
      {learning.kind === 'ready' && (
        <div role="status">
          <p>{t('{{count}} new picks would be learned.', { count: learning.preview.fresh })}</p>
          {learning.preview.fresh > 0 && learning.preview.changes.length > 0 && (
            <p>
              {t('Tacit would then look more for:')} <strong>{listedText(learning.preview.changes.map((change) => change.words))}</strong>
            </p>
          )}
        </div>
      )}
    </section>
  );
}

function Done({ phase, onClose }: { readonly phase: Extract<ImportFlow['phase'], { kind: 'done' }>; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { added, grown, known, firstId } = phase.result;
  return (
    <div className={styles.form}>
      <Notice tone="accent" title={added + grown === 0 ? t('Everything in this file is here already') : t('{{count}} chats were added', { count: added })}>
        <ul className={styles.facts}>
          {grown > 0 && <li>{t('{{count}} had new messages', { count: grown })}</li>}
          {known > 0 && <li>{t('{{count}} were here already', { count: known })}</li>}
          {phase.learned > 0 && <li>{t('{{count}} picks were learned', { count: phase.learned })}</li>}
        </ul>
      </Notice>
      <footer className={styles.formFooter}>
        {firstId !== null && (
          <a href={routeHref('chat', firstId)} onClick={onClose}>
            {t('Open one of them')}
          </a>
        )}
        <Button variant="primary" onClick={onClose}>
          {t('Done')}
        </Button>
      </footer>
    </div>
  );
}
