import { createServer } from 'node:http';

export interface ScriptedServer {
  readonly url: string;
  /** `GET /v1/models`, one a request, in order. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

/** An OpenAI-compatible server whose one model always says the same; it answers any other path, and remembers that it was asked. */
export async function startScriptedServer(reply: (url: string) => string): Promise<ScriptedServer> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-allow-headers', '*');
    if (request.method === 'OPTIONS') return response.writeHead(204).end();
    if (request.url === '/v1/models') return response.setHeader('content-type', 'application/json').end(JSON.stringify({ object: 'list', data: [{ id: 'scripted', object: 'model' }] }));
    if (request.url !== '/v1/chat/completions') return response.end('seen');
    response.setHeader('content-type', 'text/event-stream');
    for (const content of reply(url).match(/[\s\S]{1,40}/g) ?? []) response.write(chunk({ content }, null));
    response.end(`${chunk({}, 'stop')}data: [DONE]\n\n`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no TCP port.');
  const url = `http://127.0.0.1:${address.port}`;
  return {
    url,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function chunk(delta: object, finishReason: string | null): string {
  return `data: ${JSON.stringify({ id: 'scripted', object: 'chat.completion.chunk', created: 0, model: 'scripted', choices: [{ index: 0, delta, finish_reason: finishReason }] })}\n\n`;
}
