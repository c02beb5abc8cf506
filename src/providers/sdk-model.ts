import { unreachable } from '../core/result';
import type { Connection } from './language-model';
import type { SdkModelFactory } from './sdk-types';

/** Loads only the SDK package that the connection's kind needs. */
export async function loadSdkModelFactory(connection: Connection): Promise<SdkModelFactory> {
  switch (connection.kind) {
    case 'openai-compatible':
      return (await import('./openai-compatible')).openAICompatibleFactory(connection);
    case 'anthropic':
      return (await import('./anthropic')).anthropicFactory(connection);
    case 'google':
      return (await import('./google')).googleFactory(connection);
    default:
      return unreachable(connection.kind);
  }
}
