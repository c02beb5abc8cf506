import { createLanguageModel } from '../../src/providers/create-language-model';
import { english } from '../../src/core/phrase';
import { describeFailure } from '../../src/providers/describe-failure';
import type { Connection, ProviderError, ProviderKind } from '../../src/providers/language-model';
import { connectionTo, readAll, type Reading } from '../../src/providers/test-support';

/** All that came, and what a person would be told of it. */
export interface PageReading extends Reading {
  readonly description: { readonly title: string; readonly advice: string } | null;
}

declare global {
  interface Window {
    /** Asks the replay server one prompt and returns all that came, for page.test.ts. */
    ask(kind: ProviderKind, baseUrl: string): Promise<PageReading>;
  }
}

window.ask = async (kind, baseUrl) => {
  const connection = connectionTo(kind, { baseUrl });
  const model = await createLanguageModel(connection);
  const reading = await readAll(model, { model: 'terse-mini', messages: [{ role: 'user', content: 'Why is the sky blue?' }], maxOutputTokens: null });
  return { ...reading, description: reading.error === null ? null : said(reading.error, connection) };
};

function said(error: ProviderError, connection: Connection): PageReading['description'] {
  const { title, advice } = describeFailure(error, connection, location.origin);
  return { title: english(title), advice: english(advice) };
}
