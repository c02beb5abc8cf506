import { describe, expect, it } from 'vitest';
import { english } from '../../core/phrase';
import { inEnglish } from '../../core/__fixtures__/in-english';
import { LlmFailure, type ModelPlan } from '../../protocol/local-llm';
import { ProviderFailure } from '../../providers/failure';
import type { LocalState } from '../local-llm/files';
import { MODEL_OFFERS } from '../local-llm/offers';
import { createTestApp, NO_BROWSER_MODELS } from '../testing/test-app';
import type { BrowserModels } from './platform';

const ID = 'smollm2-135m-instruct';
const PLAN: ModelPlan = { modelId: ID, repository: 'org/tiny', revision: 'abc', device: 'wasm', dtype: 'q8', externalDataFiles: 0, files: [{ path: 'model', bytes: 1000, digest: { algorithm: 'sha256', hex: '' } }] };

/** A browser whose disk is a variable. */
function browserWith(part: Partial<BrowserModels> = {}) {
  let state: LocalState = { kind: 'absent' };
  const browserModels: BrowserModels = {
    ...NO_BROWSER_MODELS,
    offers: MODEL_OFFERS,
    stateOf: async (modelId) => (modelId === ID ? state : { kind: 'absent' }),
    freeBytes: async () => 5_000,
    lookUp: async () => PLAN,
    download: async (_plan, { onProgress }) => {
      onProgress(500);
      state = { kind: 'installed', plan: PLAN };
    },
    remove: async () => void (state = { kind: 'absent' }),
    ...part,
  };
  return { browserModels, leave: (next: LocalState) => void (state = next) };
}

async function appWith(part: Partial<BrowserModels> = {}) {
  const browser = browserWith(part);
  const { app } = await createTestApp({ browserModels: browser.browserModels });
  await app.browserModels.load();
  return { app, ...browser, phase: () => app.browserModels.store.getState().models[ID]?.phase, failure: () => app.browserModels.store.getState().models[ID]?.failure };
}

describe('a model that can be downloaded', () => {
  it('shows its size first, then downloads, and is routed like any other: local and free', async () => {
    const { app, phase } = await appWith();
    expect(phase()).toEqual({ kind: 'absent' });
    await app.browserModels.lookUp(ID);
    expect(phase()).toEqual({ kind: 'offered', plan: PLAN });
    expect(app.pool.store.getState().models).toEqual([]);
    await app.browserModels.download(ID);
    expect(phase()).toEqual({ kind: 'installed', plan: PLAN });
    expect(app.pool.available()).toMatchObject([{ remoteId: ID, enabled: true, connectionId: 'downloaded', card: { local: true, priceInUsdPerMTok: 0, priceOutUsdPerMTok: 0 } }]);
    expect(app.pool.connected(`downloaded/${ID}`)?.connection.kind).toBe('downloaded');
    await app.browserModels.remove(ID);
    expect(app.pool.store.getState()).toMatchObject({ models: [], connections: [] });
    expect(phase()).toEqual({ kind: 'absent' });
  });

  it('keeps what has arrived when it is cancelled, says nothing of it, and goes on', async () => {
    const { app, phase, failure, leave } = await appWith({
      download: (plan, { signal, onProgress }) => {
        onProgress(300);
        return new Promise((_resolve, reject) =>
          signal.addEventListener('abort', () => {
            leave({ kind: 'partial', plan, bytes: 300 });
            reject(new LlmFailure({ kind: 'cancelled' }));
          }),
        );
      },
    });
    await app.browserModels.lookUp(ID);
    const download = app.browserModels.download(ID);
    expect(phase()).toEqual({ kind: 'downloading', plan: PLAN, bytes: 300 });
    app.browserModels.cancel(ID);
    await download;
    expect([phase(), failure()]).toEqual([{ kind: 'partial', plan: PLAN, bytes: 300 }, null]);
    expect(app.pool.store.getState().models).toEqual([]);
  });

  it.each([
    [{ kind: 'no_room' } as const, /not enough room/, /takes 1 kB and the browser has 5 kB left/],
    [{ kind: 'network', detail: 'Failed to fetch' } as const, /could not be reached/, /is kept/],
    [{ kind: 'corrupt', path: 'x' } as const, /damaged/, /thrown away/],
    [{ kind: 'busy' } as const, /Another tab/, /close that tab/],
  ])('%o is said with what to do', async (error, message, advice) => {
    const { app, failure } = await appWith({
      download: async () => {
        throw new LlmFailure(error);
      },
    });
    await app.browserModels.lookUp(ID);
    await app.browserModels.download(ID);
    expect(inEnglish(failure())).toMatchObject({ kind: error.kind, message: expect.stringMatching(message), advice: expect.stringMatching(advice) });
  });
});

describe('the browser’s own model', () => {
  it('is used after the browser has downloaded it, and no longer when it is not wanted', async () => {
    const seen: (number | null)[] = [];
    const { app } = await appWith({
      builtIn: {
        availability: async () => 'downloadable',
        prepare: async (onProgress) => onProgress(0.5),
      },
    });
    app.browserModels.store.subscribe(({ builtIn }) => void seen.push(builtIn.progress));
    await app.browserModels.addBuiltIn();
    expect(seen).toContain(0.5);
    expect(app.pool.available()).toMatchObject([{ connectionId: 'built-in', card: { local: true, priceInUsdPerMTok: 0 } }]);
    await app.browserModels.removeBuiltIn();
    expect(app.pool.store.getState()).toMatchObject({ models: [], connections: [] });
  });

  it('says why it cannot be set up, and nothing when that was cancelled', async () => {
    const { app } = await appWith({ builtIn: { availability: async () => 'downloadable', prepare: () => Promise.reject(new ProviderFailure({ kind: 'device_failed', detail: 'no space' })) } });
    await app.browserModels.addBuiltIn();
    expect(english(app.browserModels.store.getState().builtIn.failure?.advice ?? '')).toContain('no space');
    expect(app.pool.store.getState().models).toEqual([]);
  });
});
