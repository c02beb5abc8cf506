import { createServer, type Server } from 'node:http';
import { expect, test } from './support/test';

/** The usual ports of vLLM and llama.cpp may be taken on the machine that runs the tests; Ollama's and LM Studio's are not by chance. */
const OLLAMA = 11434;
const LM_STUDIO = 1234;

async function listenAt(port: number, cors: boolean): Promise<Server> {
  const server = createServer((_request, response) => {
    if (cors) response.setHeader('access-control-allow-origin', '*');
    if (!cors) return response.writeHead(403).end();
    response.setHeader('content-type', 'application/json');
    return response.end(JSON.stringify({ object: 'list', data: [{ id: 'qwen3-8b', object: 'model' }, { id: 'text-embedding-nomic', object: 'model' }] }));
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  return server;
}

test('models on this machine are found by one press; what refuses this page gets its commands', async ({ tacit, page }) => {
  const servers = [await listenAt(OLLAMA, false), await listenAt(LM_STUDIO, true)];
  try {
    await tacit.open('#/models');
    await page.getByRole('button', { name: 'Look for models on this machine' }).click();
    const ollama = page.getByRole('listitem').filter({ hasText: 'runs, but does not allow this page' });
    await expect(ollama).toContainText('Ollama');
    // In the words of the system that the browser names.
    await expect(ollama).toContainText(new RegExp(`OLLAMA_ORIGINS[= ]"${new URL(page.url()).origin}"`));
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await ollama.getByRole('button', { name: 'Copy' }).last().click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('OLLAMA_ORIGINS');

    await page.getByRole('button', { name: 'Connect LM Studio' }).click();
    await expect(tacit.toast(/^LM Studio lists/)).toBeVisible();
    await expect(page.getByRole('heading', { level: 3, name: /^LM Studio/ })).toBeVisible();
    await expect(tacit.models.inPool('Qwen3 8B').or(tacit.models.inPool('qwen3-8b'))).toBeChecked();
  } finally {
    for (const server of servers) server.close();
  }
});
