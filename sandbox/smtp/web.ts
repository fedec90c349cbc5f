import { createServer, type Server, type ServerResponse } from 'node:http';
import type { MailStore } from './mail-store.js';
import { mailPage, PAGE_POLICY } from './page.js';

/** Shows what was received: `/` for people, `/messages.json` for tests. */
export function mailWeb(store: MailStore): Server {
  return createServer((request, response) => {
    answer(request.method, request.url, response, store).catch(() => send(response, 500, 'text/plain', 'The mail could not be read.'));
  });
}

async function answer(method: string | undefined, url: string | undefined, response: ServerResponse, store: MailStore): Promise<void> {
  if (method !== 'GET' && method !== 'HEAD') { send(response, 405, 'text/plain', 'Only reading is possible.'); return; }
  if (url === '/') { send(response, 200, 'text/html', mailPage(await store.all())); return; }
  if (url === '/messages.json') { send(response, 200, 'application/json', JSON.stringify(await store.all())); return; }
  send(response, 404, 'text/plain', 'There is nothing here. The mail is at /.');
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, {
    'content-type': `${type}; charset=utf-8`,
    'content-security-policy': PAGE_POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  });
  response.end(body);
}
