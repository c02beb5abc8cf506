import type { EngineStatus, StageTimings } from '../../../protocol/engine';
import type { App } from '../../store/app';
import { route, routingRequest } from '../../use-cases/routing-request';
import { durationText } from '../../words/amounts';

export type Fact = readonly [term: string, value: string];

export function statusFacts(status: EngineStatus): readonly Fact[] {
  return [
    ['Runs on', status.device === 'webgpu' ? `GPU${status.adapter ? ` · ${status.adapter}` : ''}` : `CPU · ${status.threads === 1 ? 'one thread' : `${status.threads} threads`}`],
    ...(status.deviceNote ? [['Why not the GPU', status.deviceNote] as const] : []),
    ['Loaded in', durationText(status.loadMs)],
    ['Router', status.artifactVersion],
    ['Encoder', status.encoderFile.slice(status.encoderFile.lastIndexOf('/') + 1)],
  ];
}

export function timingFacts(timings: StageTimings): readonly Fact[] {
  return [
    ['Reading the prompt', durationText(timings.encodeMs)],
    ['Comparing the models', durationText(timings.graphMs)],
    ['Your taste, and the choice', durationText(timings.adaptMs)],
    ['Together', durationText(timings.totalMs)],
  ];
}

/** Words that no one has typed lately, so that the encoder has to read them. */
const SAMPLE = 'How do I keep basil alive on a windowsill through the winter';

/** Routes a sample prompt with the real pool and history; the timings appear in the engine's state. Nothing is sent. Rejects with EngineFailure. */
export async function measureRoute(app: App): Promise<void> {
  await route(app, await routingRequest(app, `${SAMPLE} (${app.platform.clock.newSeed()})?`, [], false));
}
