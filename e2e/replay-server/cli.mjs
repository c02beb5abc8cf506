/**
 * Runs the replay server: `node e2e/replay-server/cli.mjs [--port 8787] [--data DIR] [--ms-per-chunk 15] [--key KEY]`.
 * Without --data it serves the project's fixtures; with it, recorded answers (responses.jsonl.gz, prompts.jsonl.gz).
 */
import { parseArgs } from 'node:util';
import { startReplayServer } from './index.mjs';

function wholeNumber(name, text) {
  if (!/^\d+$/.test(text)) throw new Error(`--${name} must be a whole number, not "${text}".`);
  return Number(text);
}

try {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '8787' },
      data: { type: 'string' },
      'ms-per-chunk': { type: 'string', default: '15' },
      key: { type: 'string' },
    },
  });
  const server = await startReplayServer({
    port: wholeNumber('port', values.port),
    data: values.data ?? null,
    msPerChunk: wholeNumber('ms-per-chunk', values['ms-per-chunk']),
    key: values.key ?? null,
  });
  console.log(`Replay server: ${server.url}/v1 (also ${server.url}/anthropic/v1 and ${server.url}/google/v1beta)`);
  console.log(`Models: ${server.modelIds.join(', ')}`);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void server.close());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
