import { browserEnvironment, type ProviderEnvironment } from './environment';
import { ProviderFailure } from './failure';
import type { AvailableModel, Connection, LanguageModel, StreamPart, StreamRequest } from './language-model';

/**
 * The back end of a connection. Nothing is requested yet; the AI SDK (about 100–200 kB gzip) is loaded here and not with the app shell,
 * and only the part for this connection's kind. Rejects with a plain Error when that code cannot be loaded.
 */
export async function createLanguageModel(connection: Connection, environment: ProviderEnvironment = browserEnvironment()): Promise<LanguageModel> {
  const [{ streamParts }, { createStreamingFetch }, { loadSdkModelFactory }] = await Promise.all([import('./stream-parts'), import('./guarded-fetch'), import('./sdk-model')]);
  const createSdkModel = await loadSdkModelFactory(connection);
  return {
    stream(request: StreamRequest, signal: AbortSignal): AsyncIterable<StreamPart> {
      const facts = { model: request.model, apiKey: connection.apiKey };
      const fetch = createStreamingFetch(facts, connection, environment);
      return streamParts(createSdkModel(request.model, fetch), request, facts, signal);
    },
    listModels: (signal) => listModels(connection, signal, environment),
  };
}

/** The provider's model list without loading the AI SDK: for the connect dialog's test button. Throws ProviderFailure. */
export async function listModels(
  connection: Connection,
  signal: AbortSignal,
  environment: ProviderEnvironment = browserEnvironment(),
): Promise<readonly AvailableModel[]> {
  if (signal.aborted) throw new ProviderFailure({ kind: 'cancelled' });
  const { fetchModelList } = await import('./model-list');
  return fetchModelList(connection, signal, environment);
}
