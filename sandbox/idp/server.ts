import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { deflateRawSync } from 'node:zlib';
import { nameIdOf } from './directory.js';
import { entityIdOf, logoutResponse, metadata, signedResponse } from './messages.js';
import type { IdpOptions } from './options.js';
import { contentPolicy, plainPage, postBackPage, SCRIPT, signInPage, STYLE } from './pages.js';
import { readRequest, type CheckedRequest } from './requests.js';
import { ProviderSessions, type ProviderSession } from './sessions.js';
import { signedQuery } from './signing.js';

const FORM_LIMIT = 256 * 1024;

type Handler = (request: IncomingMessage, response: ServerResponse, query: string) => Promise<void> | void;

/** The identity provider of one agency, as an HTTP server. It asks a browser for the password once, until it is signed out. */
export function identityProvider(options: IdpOptions): Server {
  const routes = routesOf(options);
  return createServer((request, response) => {
    const [path = '', query = ''] = (request.url ?? '/').split(/\?(.*)/s);
    void answer(options, request, response, { handler: routes[`${request.method ?? ''} ${path}`], query });
  });
}

async function answer(options: IdpOptions, request: IncomingMessage, response: ServerResponse, { handler, query }: { handler: Handler | undefined; query: string }): Promise<void> {
  try {
    if (handler) await handler(request, response, query);
    else sendPage(response, 404, plainPage(options, 'Page not found', 'There is nothing at this address.'));
  } catch (fault) {
    process.stderr.write(`${fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)}\n`);
    sendPage(response, 500, plainPage(options, 'Sign-in failed', 'The sign-in service failed. Go back to the portal and try again.'));
  }
}

function routesOf(options: IdpOptions): Readonly<Record<string, Handler>> {
  const sessions = new ProviderSessions(options.agencyCode);
  return {
    'GET /': (_request, response) => sendPage(response, 200, plainPage(options, 'Staff sign-in', 'Start from the portal you want to use.')),
    'GET /metadata': (_request, response) => send(response, 200, 'application/samlmetadata+xml; charset=utf-8', metadata(options)),
    'GET /style.css': (_request, response) => send(response, 200, 'text/css; charset=utf-8', STYLE),
    'GET /post-back.js': (_request, response) => send(response, 200, 'text/javascript; charset=utf-8', SCRIPT),
    'GET /sso': (request, response, query) => askToSignIn(options, sessions.of(request), response, query),
    'POST /sign-in': (request, response) => signIn(options, sessions, request, response),
    'GET /slo': (_request, response, query) => signOut(options, sessions, response, query),
  };
}

function askToSignIn(options: IdpOptions, session: ProviderSession | undefined, response: ServerResponse, query: string): void {
  const checked = readRequest(query, 'AuthnRequest', options);
  if (typeof checked === 'string') sendRefusal(options, response, checked);
  else if (session) sendAnswer(options, response, checked, session);
  else sendPage(response, 200, signInPage(options, query));
}

async function signIn(options: IdpOptions, sessions: ProviderSessions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const form = await readForm(request);
  const query = form.get('request') ?? '';
  // The request came back through the browser, so its signature is checked again.
  const checked = readRequest(query, 'AuthnRequest', options);
  if (typeof checked === 'string') { sendRefusal(options, response, checked); return; }
  const userName = (form.get('username') ?? '').trim().toLowerCase();
  const person = options.people.find((one) => one.userName === userName);
  if (!person || !isSame(form.get('password') ?? '', options.password)) {
    const message = 'Enter a user name from the list and the password of the demonstration';
    sendPage(response, 200, signInPage(options, query, { message, userName }));
    return;
  }
  const { session, setCookie } = sessions.begin(person);
  response.setHeader('set-cookie', setCookie);
  sendAnswer(options, response, checked, session);
}

function sendAnswer(options: IdpOptions, response: ServerResponse, checked: CheckedRequest, session: ProviderSession): void {
  const xml = signedResponse(options, checked, session, new Date());
  sendPage(response, 200, postBackPage(options, checked, Buffer.from(xml, 'utf8').toString('base64')), new URL(checked.acsUrl).origin);
}

/** Ends the session named, and tells the portal whether none is left of it. The request is the portal's word, so no password is asked. */
function signOut(options: IdpOptions, sessions: ProviderSessions, response: ServerResponse, query: string): void {
  const checked = readRequest(query, 'LogoutRequest', options);
  if (typeof checked === 'string') return sendRefusal(options, response, checked);
  const { isOver, setCookie } = sessions.end(checked.sessionIndex, (person) => nameIdOf(entityIdOf(options), person) === checked.nameId);
  response.writeHead(303, { location: logoutLocation(options, checked, isOver), 'cache-control': 'no-store', 'set-cookie': setCookie }).end();
}

function logoutLocation(options: IdpOptions, request: CheckedRequest, isOver: boolean): string {
  const deflated = deflateRawSync(logoutResponse(options, request, isOver, new Date())).toString('base64');
  return `${options.serviceProvider.entityId}/slo?${signedQuery('SAMLResponse', deflated, request.relayState, options.key)}`;
}

function isSame(given: string, right: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(right)];
  return one.length === other.length && timingSafeEqual(one, other);
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > FORM_LIMIT) break;
  }
  return new URLSearchParams(text);
}

function sendRefusal(options: IdpOptions, response: ServerResponse, words: string): void {
  sendPage(response, 400, plainPage(options, 'You cannot sign in here', words));
}

function sendPage(response: ServerResponse, status: number, html: string, formTarget?: string): void {
  response.setHeader('content-security-policy', contentPolicy(formTarget));
  response.setHeader('referrer-policy', 'no-referrer');
  send(response, status, 'text/html; charset=utf-8', html);
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
  response.end(body);
}
