import { isRemote } from '../core/connection';
import { phrase } from '../core/phrase';
import { thrownText } from './words/thrown-text';
import { reachThroughServiceWorker } from './reach';
import type { BrowserModels, ProviderGateway } from './store/platform';

/** Loads provider code with the first model that is used. `pageOrigin` completes the advice on local servers. */
export function providerGateway(pageOrigin: string, browserModels: Pick<BrowserModels, 'openBuiltIn' | 'openDownloaded'>): ProviderGateway {
  const environment = async () => {
    const { browserEnvironment, DEFAULT_LIMITS } = await import('../providers/environment');
    return browserEnvironment(DEFAULT_LIMITS, reachThroughServiceWorker);
  };
  return {
    open: async (connection) => {
      if (isRemote(connection)) return (await import('../providers/create-language-model')).createLanguageModel(connection, await environment());
      return connection.kind === 'built-in' ? browserModels.openBuiltIn() : browserModels.openDownloaded();
    },
    lookAround: async (signal) => (await import('../providers/local-discovery')).lookForLocalServers(signal, await environment()),
    describe: async (thrown, connection) => {
      const [{ describeFailure }, { findProviderFailure }] = await Promise.all([import('../providers/describe-failure'), import('../providers/failure')]);
      const failure = findProviderFailure(thrown);
      if (failure?.error.kind === 'cancelled') return null;
      if (failure) {
        const { title, advice } = describeFailure(failure.error, connection, pageOrigin);
        return { kind: failure.error.kind, message: title, advice };
      }
      const detail = thrownText(thrown);
      return { kind: 'internal', message: phrase('Something in Tacit went wrong while reading the answer.'), advice: phrase('What arrived is kept. Try again. The error was: {{detail}}', { detail }) };
    },
  };
}
