import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { oracleWitness, type OracleWitness } from '../vectors/tlog/cosignature-oracle.js';

/** What a false witness does with a checkpoint it is asked to cosign. */
export type Falsehood = 'honest' | 'other-text' | 'old-signature' | 'same-line-again' | 'other-key' | 'asleep' | 'garbage' | 'endless' | 'drips' | 'redirects' | 'claims-more' | 'refuses';

/** A witness under an adversary's hand: it answers over real HTTP, and as it is told. */
export class FalseWitness {
  does: Falsehood = 'honest';
  private readonly oracle: OracleWitness;
  private first = '';
  private last = '';

  private constructor(
    name: string,
    private readonly server: Server,
  ) {
    this.oracle = oracleWitness(name, new Uint8Array(32).fill(9));
  }

  static async start(name: string): Promise<FalseWitness> {
    const server = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8');
      request.on('data', (chunk: string) => (body += chunk));
      request.on('end', () => witness.answer(request.method === 'POST' ? body : '', response));
    });
    const witness = new FalseWitness(name, server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return witness;
  }

  get listed(): { readonly verifierKey: string; readonly url: string } {
    return { verifierKey: this.oracle.verifierKey, url: `http://127.0.0.1:${(this.server.address() as AddressInfo).port}` };
  }

  async end(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private answer(request: string, response: ServerResponse): void {
    const text = request.slice(request.indexOf('\n\n') + 2).split('\n\n')[0] ?? '';
    const seconds = Math.floor(Date.now() / 1000);
    const say = (status: number, body: string, headers: Record<string, string> = {}): void => void response.writeHead(status, headers).end(body);
    switch (this.does) {
      case 'honest':
        this.last = this.oracle.cosign(`${text}\n`, seconds);
        this.first ||= this.last;
        return say(200, this.last);
      case 'other-text':
        return say(200, this.oracle.cosign('something else\n', seconds));
      case 'old-signature':
        return say(200, this.first);
      case 'same-line-again':
        return say(200, this.last);
      case 'other-key':
        return say(200, oracleWitness(this.oracle.name, new Uint8Array(32).fill(8)).cosign(`${text}\n`, seconds));
      case 'asleep':
        return;
      case 'garbage':
        return say(200, '<html>\u0001 It works! </html>');
      case 'endless':
        return say(200, 'a'.repeat(1_000_000));
      case 'drips':
        response.writeHead(200);
        this.drip(response);
        return;
      case 'redirects':
        return say(307, '', { location: 'http://127.0.0.1:1/add-checkpoint' });
      case 'claims-more':
        return say(409, '999999999\n', { 'content-type': 'text/x.tlog.size' });
      case 'refuses':
        return say(422, 'No.\n');
    }
  }

  /** A byte now and then, for ever. */
  private drip(response: ServerResponse): void {
    const timer = setInterval(() => void response.write('-'), 500);
    response.once('close', () => clearInterval(timer));
  }
}
