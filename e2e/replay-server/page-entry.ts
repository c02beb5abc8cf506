import { createLanguageModel } from '../../src/providers/create-language-model';
import { describeFailure, type FailureDescription } from '../../src/providers/describe-failure';
import type { ProviderKind } from '../../src/providers/language-model';
import { connectionTo, readAll, type Reading } from '../../src/providers/test-support';

declare global {
  interface Window {
    /** Asks the replay server one prompt and returns all that came, for page.test.ts. */
    ask(kind: ProviderKind, baseUrl: string): Promise<Reading & { description: FailureDescription | null }>;
  }
}

window.ask = async (kind, baseUrl) => {
  const connection = connectionTo(kind, { baseUrl });
  const model = await createLanguageModel(connection);
  const reading = await readAll(model, { model: 'terse-mini', messages: [{ role: 'user', content: 'Why is the sky blue?' }], maxOutputTokens: null });
  return { ...reading, description: reading.error === null ? null : describeFailure(reading.error, connection, location.origin) };
};
