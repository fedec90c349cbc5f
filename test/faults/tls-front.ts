import { request as overHttp, type IncomingMessage } from 'node:http';
import { createServer, request as overTls, type Server } from 'node:https';
import type { SelfSigned } from '../builders/self-signed.js';

/** What a proxy in front of a production portal does: ends TLS, passes `Host` on and says who asked. */
export class TlsFront {
  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  static async start(identity: SelfSigned, behind: number): Promise<TlsFront> {
    const server = createServer({ key: identity.key, cert: identity.certificate }, (asked, answer) => {
      const headers = { ...asked.headers, 'x-forwarded-for': asked.socket.remoteAddress ?? '', 'x-forwarded-proto': 'https' };
      const onward = overHttp({ host: '127.0.0.1', port: behind, method: asked.method, path: asked.url, headers }, (reply) => {
        answer.writeHead(reply.statusCode ?? 502, reply.rawHeaders);
        reply.pipe(answer);
      });
      onward.on('error', () => answer.writeHead(502).end());
      asked.pipe(onward);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    return new TlsFront(server, typeof address === 'object' && address !== null ? address.port : 0);
  }

  get baseUrl(): string {
    return `https://localhost:${this.port}`;
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => void this.server.close(() => resolve()));
  }
}

/** An answer as a client that trusts the front's certificate gets it. */
export interface Got {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly cookies: readonly string[];
  readonly text: string;
}

/** A browser's worth of client over TLS: it keeps cookies, and sends them back as they were set. */
export class TlsClient {
  private readonly jar = new Map<string, string>();

  constructor(
    private readonly baseUrl: string,
    private readonly certificate: string,
  ) {}

  get cookie(): string {
    return [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  get(path: string): Promise<Got> {
    return this.send('GET', path);
  }

  /** A form as a page of the portal sends it, or as the page of another origin does. */
  post(path: string, fields: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}): Promise<Got> {
    return this.send('POST', path, new URLSearchParams(fields).toString(), { 'content-type': 'application/x-www-form-urlencoded', ...headers });
  }

  json(path: string, body: object): Promise<Got> {
    return this.send('POST', path, JSON.stringify(body), { 'content-type': 'application/json' });
  }

  private async send(method: string, path: string, body = '', headers: Readonly<Record<string, string>> = {}): Promise<Got> {
    const got = await new Promise<Got>((resolve, reject) => {
      const sent = overTls(new URL(path, this.baseUrl), { method, ca: this.certificate, headers: { ...headers, cookie: this.cookie } }, (reply) => {
        let text = '';
        reply.setEncoding('utf8');
        reply.on('data', (chunk: string) => (text += chunk));
        reply.on('end', () => resolve({ status: reply.statusCode ?? 0, headers: reply.headers, cookies: reply.headers['set-cookie'] ?? [], text }));
      });
      sent.on('error', reject);
      sent.end(body);
    });
    for (const line of got.cookies) {
      const [pair = ''] = line.split(';');
      this.jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    return got;
  }
}
