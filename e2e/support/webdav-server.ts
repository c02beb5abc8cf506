import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

type Trouble = 'none' | 'no_cors' | 'down' | 'full';

const METHODS = 'GET, PUT, DELETE, PROPFIND, MKCOL, OPTIONS';
const HEADERS = 'Authorization, Content-Type, Depth, If-None-Match';

/** A WebDAV folder in memory, with a password, CORS for any page, and troubles on demand. */
export class WebDavServer {
  readonly files = new Map<string, Buffer>();
  readonly user = 'me';
  readonly password = 'app-password';
  trouble: Trouble = 'none';
  private readonly tags = new Map<string, number>();
  private readonly server: Server;
  private folderExists = false;
  private tag = 0;
  private port = 0;

  constructor() {
    this.server = createServer((request, response) => void this.answer(request, response));
  }

  get url(): string {
    return `http://localhost:${this.port}/dav/Tacit`;
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, 'localhost', resolve));
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('The server has no TCP port.');
    this.port = address.port;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.trouble === 'down') return void request.socket.destroy();
    if (this.trouble !== 'no_cors') {
      response.setHeader('Access-Control-Allow-Origin', request.headers.origin ?? '*');
      response.setHeader('Access-Control-Allow-Methods', METHODS);
      response.setHeader('Access-Control-Allow-Headers', HEADERS);
      response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
    }
    if (request.method === 'OPTIONS') return void response.writeHead(204).end();
    const expected = `Basic ${Buffer.from(`${this.user}:${this.password}`).toString('base64')}`;
    if (request.headers.authorization !== expected) return void response.writeHead(401).end();
    const path = new URL(request.url ?? '/', this.url).pathname;
    if (!path.startsWith('/dav/Tacit/')) return void response.writeHead(404).end();
    const body = await bodyOf(request);
    this.handle(request, response, decodeURIComponent(path.slice('/dav/Tacit/'.length)), body);
  }

  private handle(request: IncomingMessage, response: ServerResponse, name: string, body: Buffer): void {
    switch (request.method) {
      case 'MKCOL':
        response.writeHead(this.folderExists ? 405 : 201).end();
        this.folderExists = true;
        return;
      case 'PROPFIND':
        return void (this.folderExists ? response.writeHead(207, { 'Content-Type': 'application/xml' }).end(this.listing(request.headers.depth === '1')) : response.writeHead(404).end());
      case 'GET': {
        const content = this.files.get(name);
        return void (content === undefined ? response.writeHead(404).end() : response.writeHead(200, { 'Content-Type': 'application/octet-stream' }).end(content));
      }
      case 'PUT':
        return this.put(request, response, name, body);
      case 'DELETE':
        return void response.writeHead(this.files.delete(name) ? 204 : 404).end();
      default:
        return void response.writeHead(405).end();
    }
  }

  private put(request: IncomingMessage, response: ServerResponse, name: string, body: Buffer): void {
    if (!this.folderExists) return void response.writeHead(409).end();
    if (this.trouble === 'full') return void response.writeHead(507).end();
    if (request.headers['if-none-match'] === '*' && this.files.has(name)) return void response.writeHead(412).end();
    this.files.set(name, body);
    this.tags.set(name, (this.tag += 1));
    response.writeHead(201).end();
  }

  private listing(withFiles: boolean): string {
    const folder = '<d:response><d:href>/dav/Tacit/</d:href><d:propstat><d:prop><d:resourcetype><d:collection/></d:resourcetype></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>';
    const files = [...this.files.keys()].map(
      (name) =>
        `<d:response><d:href>/dav/Tacit/${encodeURIComponent(name)}</d:href><d:propstat><d:prop><d:getetag>&quot;${this.tags.get(name) ?? 0}&quot;</d:getetag><d:resourcetype/></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>`,
    );
    return `<?xml version="1.0"?><d:multistatus xmlns:d="DAV:">${folder}${withFiles ? files.join('') : ''}</d:multistatus>`;
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
