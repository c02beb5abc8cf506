import { useTranslation } from 'react-i18next';
import { useApp, useSlice } from '../../store/context';
import { Button, EmptyState, Page, Section } from '../../ui';
import { TasteBars } from '../../widgets/TasteBars';
import { TasteWords } from '../../widgets/TasteWords';
import { tasteAxes } from '../../words/taste-profile';
import { BackupSection } from './BackupSection';
import { ChangeNotice } from './ChangeNotice';
import { ExportSection } from './ExportSection';
import { ForgetSection } from './ForgetSection';
import { ImportSection } from './ImportSection';
import { PickLog } from './PickLog';
import { StorageSection } from './StorageSection';
import { SyncSection } from './SyncSection';

/** Everything Tacit knows about you, where it came from, and ways to take it back or with you. */
export default function MemoryView() {
  const app = useApp();
  const { t } = useTranslation();
  const loaded = useSlice(app.memory, (state) => state.loaded);
  const isEmpty = useSlice(app.memory, (state) => state.log.length === 0);
  const problem = useSlice(app.memory, (state) => state.problem);
  if (!loaded) return null;
  return (
    <Page title={t('Memory')} lead={t('What Tacit has learned about your taste, and every pick it learned it from. All of it is on this device.')}>
      <ChangeNotice problem={problem} />
      {isEmpty ? <NothingYet /> : <Profile />}
      {!isEmpty && <PickLog />}
      <ImportSection />
      <ExportSection />
      <BackupSection />
      <SyncSection />
      <StorageSection />
      <ForgetSection hasPicks={!isEmpty} />
    </Page>
  );
}

function NothingYet() {
  const app = useApp();
  const { t } = useTranslation();
  return (
    <EmptyState
      title={t('It knows nothing about you yet')}
      actions={
        <Button variant="primary" onClick={() => app.route.go('taste')}>
          {t('Show it your taste')}
        </Button>
      }
    >
      {t('Ten quick picks are enough to begin. After that it learns from your picks while you chat.')}
    </EmptyState>
  );
}

function Profile() {
  const app = useApp();
  const { t } = useTranslation();
  const adaptation = useSlice(app.memory, (state) => state.adaptation);
  const axes = adaptation && tasteAxes(adaptation);
  if (!adaptation || !axes) return <p>{t('The picks below are learned as soon as the router has loaded.')}</p>;
  return (
    <Section
      title={t('Your taste')}
      hint={t('From {{count}} picks. Right: more of it is wanted. Left: less. The soft band is what it is not sure of.', { count: adaptation.appliedCount })}
    >
      <TasteWords axes={axes} />
      <TasteBars state={adaptation} />
      <div>
        <Button onClick={() => app.route.go('taste')}>{t('Sharpen it with more pairs')}</Button>
      </div>
    </Section>
  );
}
