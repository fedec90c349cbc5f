import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { WitnessDecision } from '../../libs/witness/index.js';
import type { Tell } from './journal.js';
import type { Answer, Witness } from './witness.js';

/** A request's body is at most this long: a checkpoint with a hundred signatures and the longest proof fits. */
export const MAX_BODY_BYTES = 65_536;
/** Whoever has not sent a whole request by then is sent away. */
const REQUEST_LIMIT_MS = 10_000;
const HEADERS_LIMIT_MS = 5_000;
const KEEP_ALIVE_MS = 60_000;
const MAX_CONNECTIONS = 256;

const TEXT = 'text/plain; charset=utf-8';
const CHECKPOINT_PATH = /^\/([0-9a-f]{64})\/checkpoint$/;

/** What one address answers. */
interface Reply {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const said = (status: number, sentence: string, headers: Readonly<Record<string, string>> = {}): Reply => ({
  status,
  type: TEXT,
  body: `${sentence}.\n`,
  headers,
});

/**
 * The witness over HTTP (C2SP tlog-witness, with one prefix for both): `POST /add-checkpoint`,
 * `GET /HASH/checkpoint`, and `GET /health`. Anybody may ask: nothing here is secret, and only a log's signature moves
 * anything. TLS is ended in front of it.
 */
export function httpDoor(witness: Witness, tell: Tell): Server {
  const server = createServer(
    {
      maxHeaderSize: 8_192,
      headersTimeout: HEADERS_LIMIT_MS,
      requestTimeout: REQUEST_LIMIT_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      connectionsCheckingInterval: 500,
    },
    (request, response) => {
      reply(request, witness, tell)
        .catch((fault: unknown) => {
          tell('error', 'fault', { message: fault instanceof Error ? fault.message : String(fault) });
          return said(500, 'The witness could not do this and has signed nothing');
        })
        .then((answer) => send(response, answer), () => undefined);
    },
  );
  server.maxConnections = MAX_CONNECTIONS;
  return server;
}

async function reply(request: IncomingMessage, witness: Witness, tell: Tell): Promise<Reply> {
  const path = (request.url ?? '').split('?')[0] ?? '';
  if (path === '/add-checkpoint') {
    return request.method === 'POST' ? addCheckpoint(request, witness, tell) : said(405, 'Checkpoints are added with POST', { allow: 'POST' });
  }
  const hash = CHECKPOINT_PATH.exec(path)?.[1];
  if (hash === undefined && path !== '/health') return said(404, 'There is nothing here');
  if (request.method !== 'GET' && request.method !== 'HEAD') return said(405, 'This is read with GET', { allow: 'GET, HEAD' });
  if (hash === undefined) return { status: 200, type: 'application/json', body: '{"status":"ok"}\n' };
  const note = witness.latest(hash);
  if (note === undefined) return said(404, 'This witness has cosigned nothing for a log of this origin');
  return { status: 200, type: TEXT, body: note };
}

async function addCheckpoint(request: IncomingMessage, witness: Witness, tell: Tell): Promise<Reply> {
  const body = await bodyOf(request);
  if (body === undefined) {
    tell('info', 'refused', { status: 413 });
    return said(413, `A request is at most ${MAX_BODY_BYTES} bytes`, { connection: 'close' });
  }
  const answer = await witness.addCheckpoint(body);
  if ('busy' in answer) return said(503, 'Too many requests are waiting; try again in a second', { 'retry-after': '1' });
  report(answer.decision, tell);
  return replyTo(answer);
}

function replyTo({ decision, lines }: Exclude<Answer, { busy: true }>): Reply {
  if (decision.status === 200) return { status: 200, type: TEXT, body: lines ?? '' };
  if (decision.knownSize !== undefined) return { status: decision.status, type: 'text/x.tlog.size', body: `${decision.knownSize}\n` };
  return said(decision.status, decision.message);
}

function report(decision: WitnessDecision, tell: Tell): void {
  if (decision.status === 200) {
    const { origin, size } = decision.checkpoint;
    tell('info', 'cosigned', { origin, size });
  } else if (decision.fork === undefined) {
    tell(decision.status === 422 ? 'warn' : 'info', 'refused', { status: decision.status, message: decision.message });
  } else {
    // Both notes together convict the log: the remembered one is in the folder, this one would be lost otherwise.
    tell('error', 'fork', { status: decision.status, message: decision.message, note: decision.fork });
  }
}

/** The body, or undefined when it is too long. What comes after the limit is read and dropped, so that the answer arrives. */
async function bodyOf(request: IncomingMessage): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  return new Promise((resolve, reject) => {
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= MAX_BODY_BYTES) chunks.push(chunk);
      else resolve(undefined);
    });
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('close', () => reject(new Error('The client went away')));
  });
}

function send(response: ServerResponse, { status, type, body, headers = {} }: Reply): void {
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...headers,
  });
  response.end(body);
}
