import { mkdtempSync } from 'node:fs';
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChild, type Child } from './child.js';

const BUCKET = 'evidence';

/** An answer in the store's place. */
interface Answer {
  readonly status: number;
  readonly xml: string;
}

/** What becomes of a request. `cut`: its connection ends before any answer; `silent`: none ever comes; `unheard`: it is done, and the answer is lost. */
type Fate = Answer | 500 | 507 | 'cut' | 'silent' | 'unheard';

/**
 * A store of objects somebody else wrote (s3rver), in a process of its own, and a way in to it that can fail. It knows no list of unfinished
 * uploads and no abort: those two are answered here, from what was seen of it.
 */
export class ObjectStore {
  /** Method and address of every request, as `PUT /bucket/key?query`. */
  readonly seen: string[] = [];
  /** Uploads in parts that were begun and neither finished nor aborted: id and key. */
  readonly begun = new Map<string, string>();
  private fates: { readonly matching: RegExp; readonly fate: Fate; left: number }[] = [];

  private constructor(
    private readonly child: Child,
    private readonly target: number,
    private readonly server: Server,
  ) {
    server.on('request', (incoming: IncomingMessage, answer: ServerResponse) => {
      this.hand(incoming, answer);
    });
  }

  static async start(): Promise<ObjectStore> {
    const folder = mkdtempSync(join(tmpdir(), 'concordat-objects-'));
    const child = await startChild('../test/builders/object-store-server.mjs', {}, /objects at \d+\n/, [folder, BUCKET]);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new ObjectStore(child, Number(/objects at (\d+)/.exec(child.output())?.[1]), server);
  }

  /** The options of a portal that keeps its exhibits here. */
  get env(): Readonly<Record<string, string>> {
    const { port } = this.server.address() as AddressInfo;
    return { S3_BUCKET: BUCKET, S3_ENDPOINT: `http://127.0.0.1:${port}`, S3_ACCESS_KEY_ID: 'S3RVER', S3_SECRET_ACCESS_KEY: 'S3RVER', S3_TIMEOUT_SECONDS: '2' };
  }

  /** Lets the next `times` requests that match come to this. */
  doom(matching: RegExp, fate: Fate, times = 1): void {
    this.fates.push({ matching, fate, left: times });
  }

  /** From here on everything is answered as it should be. */
  mend(): void {
    this.fates = [];
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await this.child.stop();
  }

  private hand(incoming: IncomingMessage, answer: ServerResponse): void {
    const line = `${incoming.method ?? ''} ${incoming.url ?? ''}`;
    this.seen.push(line);
    const doomed = this.fates.find(({ matching, left }) => left > 0 && matching.test(line));
    if (doomed) doomed.left -= 1;
    const fate = doomed?.fate;
    if (fate === 'silent') return void incoming.resume();
    if (fate === 'cut') return void incoming.socket.destroy();
    if (typeof fate === 'number') return void incoming.resume().on('end', () => answer.writeHead(fate).end());
    if (typeof fate === 'object') return void incoming.resume().on('end', () => answer.writeHead(fate.status, { 'content-type': 'application/xml' }).end(fate.xml));
    if (this.answersItself(line, answer)) return;
    const onward = request({ host: '127.0.0.1', port: this.target, method: incoming.method, path: incoming.url, headers: incoming.headers }, (response) => {
      this.watch(line, response);
      if (fate === 'unheard') return void response.resume().on('end', () => incoming.socket.destroy());
      answer.writeHead(response.statusCode ?? 500, response.headers);
      response.pipe(answer);
    });
    onward.on('error', () => incoming.socket.destroy());
    incoming.pipe(onward);
  }

  private watch(line: string, response: IncomingMessage): void {
    const [, key] = /^POST \/evidence\/([^?]+)\?uploads/.exec(line) ?? [];
    let text = '';
    if (key !== undefined) response.on('data', (piece: Buffer) => (text += piece.toString())).on('end', () => this.begun.set(/<UploadId>([^<]+)/.exec(text)?.[1] ?? '', key));
    const [, finished] = /^POST .*[?&]uploadId=([^&]+)/.exec(line) ?? [];
    if (finished !== undefined && response.statusCode === 200) this.begun.delete(finished);
  }

  private answersItself(line: string, answer: ServerResponse): boolean {
    const [, aborted] = /^DELETE .*[?&]uploadId=([^&]+)/.exec(line) ?? [];
    if (aborted !== undefined) {
      this.begun.delete(aborted);
      answer.writeHead(204).end();
      return true;
    }
    if (!/^GET \/evidence\/?\?(.*&)?uploads/.test(line)) return false;
    const prefix = decodeURIComponent(/[?&]prefix=([^&]*)/.exec(line)?.[1] ?? '');
    const uploads = [...this.begun].filter(([, key]) => key.startsWith(prefix));
    const listed = uploads.map(([id, key]) => `<Upload><Key>${key}</Key><UploadId>${id}</UploadId><Initiated>${new Date().toISOString()}</Initiated></Upload>`);
    answer.writeHead(200, { 'content-type': 'application/xml' }).end(`<ListMultipartUploadsResult>${listed.join('')}</ListMultipartUploadsResult>`);
    return true;
  }
}
