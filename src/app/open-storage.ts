import { AdaptationRepository } from '../storage/adaptation';
import { ConnectionRepository } from '../storage/connections';
import { ConversationRepository } from '../storage/conversations';
import { openDatabase, type DatabaseEnvironment } from '../storage/database';
import { DraftRepository } from '../storage/drafts';
import { createLocks, type Locks } from '../storage/locks';
import { ModelRepository } from '../storage/models';
import { PreferenceRepository } from '../storage/preferences';
import { SettingRepository } from '../storage/settings';
import { TurnRepository } from '../storage/turns';
import type { AppStorage } from './store/platform';

/** Opens the database and puts the repositories on it. Rejects with StorageFailure. */
export async function openStorage(onLost: (message: string) => void, environment: DatabaseEnvironment = {}, locks: Locks = createLocks()): Promise<AppStorage> {
  const tell = (error: { readonly message: string; readonly advice: string }) => onLost(`${error.message} ${error.advice}`);
  const database = await openDatabase(environment, { onBlocked: tell, onClosed: tell });
  return {
    database,
    locks,
    conversations: new ConversationRepository(database),
    turns: new TurnRepository(database),
    preferences: new PreferenceRepository(database),
    adaptation: new AdaptationRepository(database),
    models: new ModelRepository(database),
    connections: new ConnectionRepository(database),
    settings: new SettingRepository(database),
    drafts: new DraftRepository(database),
  };
}
