import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { answerRequest } from './answer.js';
import type { Identity } from './certificate.js';

const MAX_REQUEST_BYTES = 65_536;

/** A time-stamping authority over HTTP (RFC 3161 section 3.4). Anybody on this machine may ask it. */
export function timestampAuthority(signer: Identity, now: () => Date = () => new Date()): Server {
  return createServer((request, response) => {
    answer(request, response, signer, now).catch(() => response.destroy());
  });
}

async function answer(request: IncomingMessage, response: ServerResponse, signer: Identity, now: () => Date): Promise<void> {
  if (request.method !== 'POST' || request.headers['content-type'] !== 'application/timestamp-query') {
    response.writeHead(request.method === 'POST' ? 415 : 405, { 'content-type': 'text/plain' }).end('Send a time-stamp query by POST.\n');
    return;
  }
  const body = await bodyOf(request);
  if (body === undefined) {
    response.writeHead(413).end();
    return;
  }
  response.writeHead(200, { 'content-type': 'application/timestamp-reply' }).end(answerRequest(body, signer, now()));
}

async function bodyOf(request: IncomingMessage): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_REQUEST_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
