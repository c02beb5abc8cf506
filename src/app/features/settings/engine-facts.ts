import type { EngineStatus, StageTimings } from '../../../protocol/engine';
import { t, translate } from '../../i18n';
import type { App } from '../../store/app';
import { route, routingRequest } from '../../use-cases/routing-request';
import { durationText } from '../../words/amounts';

export type Fact = readonly [term: string, value: string];

export function statusFacts(status: EngineStatus): readonly Fact[] {
  return [
    [t('Runs on'), status.device === 'webgpu' ? `${t('GPU')}${status.adapter ? ` · ${status.adapter}` : ''}` : `${t('CPU')} · ${t('{{count}} threads', { count: status.threads })}`],
    ...(status.deviceNote ? [[t('Why not the GPU'), translate(status.deviceNote)] as const] : []),
    [t('Loaded in'), durationText(status.loadMs)],
    [t('Router'), status.artifactVersion],
    [t('Encoder'), status.encoderFile.slice(status.encoderFile.lastIndexOf('/') + 1)],
  ];
}

export function timingFacts(timings: StageTimings): readonly Fact[] {
  return [
    [t('Reading the prompt'), durationText(timings.encodeMs)],
    [t('Comparing the models'), durationText(timings.graphMs)],
    [t('Your taste, and the choice'), durationText(timings.adaptMs)],
    [t('Together'), durationText(timings.totalMs)],
  ];
}

/** Words that no one has typed lately, so that the encoder has to read them. */
const SAMPLE = 'How do I keep basil alive on a windowsill through the winter';

/** Routes a sample prompt with the real pool and history; the timings appear in the engine's state. Nothing is sent. Rejects with EngineFailure. */
export async function measureRoute(app: App): Promise<void> {
  await route(app, await routingRequest(app, `${SAMPLE} (${app.platform.clock.newSeed()})?`, [], false));
}
