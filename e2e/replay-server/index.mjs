/**
 * A small LLM server that replays written or recorded answers, for tests and for trying the app by hand. It speaks the OpenAI-compatible,
 * Anthropic and Google chat APIs, streaming and not, with CORS, and fails on request. Types and docs: index.d.mts.
 */
import { createServer } from 'node:http';
import { loadFixtureAnswers } from './fixture-answers.mjs';
import { loadRecordedAnswers } from './recorded-answers.mjs';
import { createControl } from './control.mjs';
import { createHandler } from './handler.mjs';

/** @type {import('./index.d.mts').startReplayServer} */
export async function startReplayServer(options = {}) {
  const { port = 0, data = null, msPerChunk = 2, key = null } = options;
  const answers = data === null ? await loadFixtureAnswers() : await loadRecordedAnswers(data);
  const control = createControl();
  const server = createServer(createHandler({ answers, control, msPerChunk, key }));
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(undefined));
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The replay server has no TCP port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    modelIds: answers.models.map((model) => model.id),
    control,
    close: () => closeServer(server),
  };
}

/** Stalled streams would keep `close` waiting. */
function closeServer(server) {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve(undefined)));
    server.closeAllConnections();
  });
}
