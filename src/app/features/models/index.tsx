import { Plug } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isRemote, type RemoteConnection } from '../../../core/connection';
import { useApp, useSlice } from '../../store/context';
import { Button, Page, Section } from '../../ui';
import { ConnectDialog } from './ConnectDialog';
import { ConnectionCard } from './ConnectionCard';
import styles from './connection.module.css';
import { ModelList } from './ModelList';
import { PresetGrid } from './PresetGrid';
import { BrowserModelsSection } from './BrowserModels';
import { SignInNotice } from './SignInNotice';
import { PROVIDER_PRESETS, presetOfUrl, type ProviderPreset } from '../../../providers/presets';
import { draftOf, draftOfConnection, type ConnectDraft } from './connect';

/** Connections and their models: what Auto may choose from. */
export default function ModelsView() {
  const app = useApp();
  const { t } = useTranslation();
  const loaded = useSlice(app.pool, (state) => state.loaded);
  const all = useSlice(app.pool, (state) => state.connections);
  const connections = useMemo(() => all.filter(isRemote), [all]);
  const hasModels = useSlice(app.pool, (state) => state.models.length > 0);
  const [draft, setDraft] = useState<ConnectDraft | null>(null);
  const [isChoosing, setChoosing] = useState(false);
  if (!loaded) return null;
  const isEmpty = connections.length === 0;
  const begin = (preset: ProviderPreset) => {
    setChoosing(false);
    setDraft(draftOf(preset));
  };
  return (
    <Page
      title={t('Models')}
      lead={
        isEmpty
          ? t('Bring a key you have, connect a program that runs models on this machine, or let a small model run in this browser.')
          : t('Auto chooses among the models that are on. Prompts go straight from this browser to their provider.')
      }
      actions={
        !isEmpty && (
          <Button variant="primary" icon={<Plug size={16} aria-hidden />} onClick={() => setChoosing(true)}>
            {t('Connect another')}
          </Button>
        )
      }
      wide
    >
      <SignInNotice />
      {isEmpty ? (
        <PresetGrid onChoose={begin} onConnected={NOTHING_TO_CLOSE} />
      ) : (
        <Section title={t('Connections')}>
          <ul className={styles.connections}>
            {connections.map((connection) => (
              <ConnectionCard key={connection.id} connection={connection} onEdit={() => setDraft(draftOfConnection(connection, presetFor(connection)))} />
            ))}
          </ul>
        </Section>
      )}
      <BrowserModelsSection />
      {hasModels && <ModelList connections={all} />}
      <ConnectDialog
        draft={draft}
        isChoosing={isChoosing}
        onChoose={begin}
        onClose={() => {
          setDraft(null);
          setChoosing(false);
        }}
      />
    </Page>
  );
}

/** The grid that stands in the empty view goes away by itself. */
const NOTHING_TO_CLOSE = () => undefined;

/** For the form's hints; a server of the user's own keeps its kind. */
function presetFor(connection: RemoteConnection): ProviderPreset {
  const known = presetOfUrl(connection.baseUrl);
  if (known?.kind === connection.kind) return known;
  const custom = PROVIDER_PRESETS.find((preset) => preset.id === 'custom');
  if (!custom) throw new Error('There is no preset for servers of one’s own');
  return { ...custom, kind: connection.kind };
}
