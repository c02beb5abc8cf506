import { TEMPORARY_ID } from '../../core/conversation';
import { createBudgetSlice, type BudgetSlice } from './budget';
import { createBrowserModelsSlice, type BrowserModelsSlice } from './browser-models';
import { createChatSlice, type ChatSlice } from './chat';
import { createComposerSlice, type ComposerSlice } from './composer';
import { createConversationsSlice, type ConversationsSlice } from './conversations';
import { createEngineSlice, type EngineSlice } from './engine';
import { createLimitsSlice, type LimitsSlice } from './limits';
import { createMemorySlice, type MemorySlice } from './memory';
import { createOfflineSlice, type OfflineSlice } from './offline';
import type { Platform } from './platform';
import { createPoolSlice, type PoolSlice } from './pool';
import { createPresetsSlice, type PresetsSlice } from './presets';
import { createQuestionsSlice, type QuestionsSlice } from './questions';
import { createRouteSlice, type RouteSlice } from './route';
import { createSearchSlice, type SearchSlice } from './search';
import { createSettingsSlice, type SettingsSlice } from './settings';
import { createSyncSlice, type SyncSlice } from './sync';

/** Every slice, wired to one another. Made once. */
export interface App {
  readonly platform: Platform;
  readonly route: RouteSlice;
  readonly settings: SettingsSlice;
  readonly engine: EngineSlice;
  readonly pool: PoolSlice;
  readonly browserModels: BrowserModelsSlice;
  readonly memory: MemorySlice;
  readonly conversations: ConversationsSlice;
  readonly chat: ChatSlice;
  readonly presets: PresetsSlice;
  readonly composer: ComposerSlice;
  readonly limits: LimitsSlice;
  readonly budget: BudgetSlice;
  readonly search: SearchSlice;
  readonly questions: QuestionsSlice;
  readonly offline: OfflineSlice;
  readonly sync: SyncSlice;
}

export function createApp(platform: Platform): App {
  const { storage, clock } = platform;
  const engine = createEngineSlice(platform.engine, platform.loadPlan);
  const pool = createPoolSlice({ models: storage.models, connections: storage.connections, knowledge: platform.knowledge, engine });
  const memory = createMemorySlice({ preferences: storage.preferences, adaptation: storage.adaptation, engine, pool, now: clock.now });
  const conversations = createConversationsSlice({ conversations: storage.conversations, folders: storage.folders, clock });
  const chat = createChatSlice({ turns: storage.turns, conversations });
  const settings = createSettingsSlice(storage.settings);
  const composer = createComposerSlice({ drafts: storage.drafts, attachments: storage.attachments, now: clock.now, onProblem: chat.setStorageProblem });
  const route = createRouteSlice(platform.address);
  // Leaving a temporary chat ends it, whichever way.
  route.store.subscribe(({ view, argument }) => {
    if (!chat.isTemporary() || (view === 'chat' && argument === TEMPORARY_ID)) return;
    void chat.open(null);
    void composer.open(null);
  });
  return {
    platform,
    route,
    settings,
    limits: createLimitsSlice({ settings, conversations, chat }),
    questions: createQuestionsSlice(),
    budget: createBudgetSlice({ expenses: storage.expenses, settings, pool, now: clock.now }),
    browserModels: createBrowserModelsSlice({ browserModels: platform.browserModels, pool, clock, prefersWasm: () => settings.store.getState().device === 'wasm' }),
    engine,
    pool,
    memory,
    conversations,
    chat,
    presets: createPresetsSlice(storage.presets),
    composer,
    search: createSearchSlice(platform.search, clock),
    offline: createOfflineSlice(platform.offline),
    sync: createSyncSlice({ repository: storage.sync, platform: platform.sync, settings, memory, clock }),
  };
}

/** History first, so that it is on screen before the engine is awake. Resolves when all of it is ready. */
export async function startApp(app: App): Promise<void> {
  await Promise.all([app.settings.load(), app.conversations.load(), app.presets.load(), app.memory.load(), app.pool.load()]);
  await app.platform.storage.recoverInterrupted();
  await app.budget.load();
  app.offline.start(() => app.chat.store.getState().runningIds.length === 0);
  app.sync.start();
  if (!(await app.engine.start(app.settings.store.getState().device))) return;
  // Encodes the descriptions of models now rather than at the first prompt.
  await app.pool.candidates().catch((thrown: unknown) => console.warn('The models could not be encoded yet', thrown));
  await app.memory.catchUp();
}
