import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const DIST = fileURLToPath(new URL('../../dist', import.meta.url));

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

/** Changes what a path serves; the text is the file as it was built. */
export type Edit = (text: string) => string;

/**
 * The built app on a host as bare as a free page host: below a path, with no header but the content type. It can be stopped, started
 * again at the same address, and made to serve another version.
 */
export class StaticHost {
  private server: Server | null = null;
  private port = 0;
  private edits: Readonly<Record<string, Edit>> = {};

  /** Ends in a slash. */
  get url(): string {
    return `http://localhost:${this.port}/some/folder/`;
  }

  async start(): Promise<void> {
    const server = createServer((request, response) => {
      void this.answer(request.url ?? '/').then(({ status, type, body }) => response.writeHead(status, type ? { 'content-type': type } : {}).end(body));
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.port, 'localhost', resolve);
    });
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('The host has no TCP port.');
    this.port = address.port;
    this.server = server;
  }

  async stop(): Promise<void> {
    const { server } = this;
    this.server = null;
    if (!server) return;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await closed;
  }

  /** From now on these files, relative to the app's root, come changed: a new version of the app. */
  deploy(edits: Readonly<Record<string, Edit>>): void {
    this.edits = edits;
  }

  private async answer(requested: string): Promise<{ status: number; type?: string; body: string | Buffer }> {
    const { pathname } = new URL(requested, this.url);
    const root = new URL(this.url).pathname;
    if (!pathname.startsWith(root)) return { status: 404, body: 'Not found' };
    const path = normalize(decodeURIComponent(pathname.slice(root.length)) || 'index.html');
    const type = CONTENT_TYPES[extname(path)] ?? 'application/octet-stream';
    try {
      const bytes = await readFile(join(DIST, path));
      const edit = this.edits[path];
      return { status: 200, type, body: edit ? edit(bytes.toString('utf8')) : bytes };
    } catch {
      return { status: 404, body: 'Not found' };
    }
  }
}

export async function startStaticHost(): Promise<StaticHost> {
  const host = new StaticHost();
  await host.start();
  return host;
}
