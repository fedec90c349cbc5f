import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { readPostedRequest, readRedirectRequest, RequestFault, type AuthnRequest } from './authn-request.js';
import { metadata } from './metadata.js';
import { contentPolicy, plainPage, postBackPage, SCRIPT, signInPage, STYLE } from './pages.js';
import { respond } from './respond.js';
import { serviceCertificate } from './service-certificate.js';
import type { DirectoryPerson, Settings } from './settings.js';

const FORM_LIMIT = 256 * 1024;

type Handler = (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void> | void;

/** The identity provider of one agency, as an HTTP server. */
export function identityProvider(settings: Settings): Server {
  const routes = routesOf(settings);
  return createServer((request, response) => {
    const url = new URL(request.url ?? '/', settings.baseUrl);
    const handler = routes[`${request.method ?? ''} ${url.pathname}`];
    void answer(settings, request, response, url, handler);
  });
}

async function answer(settings: Settings, request: IncomingMessage, response: ServerResponse, url: URL, handler: Handler | undefined): Promise<void> {
  try {
    if (handler) { await handler(request, response, url); return; }
    sendPage(response, 404, plainPage(settings, 'Page not found', 'There is nothing at this address.'));
  } catch (fault) {
    const words = fault instanceof RequestFault ? fault.message : 'The sign-in service failed. Go back to the portal and try again.';
    if (!(fault instanceof RequestFault)) process.stderr.write(`${fault instanceof Error ? (fault.stack ?? '') : String(fault)}\n`);
    sendPage(response, fault instanceof RequestFault ? 400 : 500, plainPage(settings, 'You cannot sign in here', words));
  }
}

function routesOf(settings: Settings): Readonly<Record<string, Handler>> {
  const show = (response: ServerResponse, request: AuthnRequest): void => sendPage(response, 200, signInPage(settings, request));
  return {
    'GET /': (_request, response) => sendPage(response, 200, plainPage(settings, 'Staff sign-in', 'Start from the portal you want to use. Single sign-out: leave from the portal.')),
    'GET /metadata': (_request, response) => send(response, 200, 'application/samlmetadata+xml; charset=utf-8', metadata(settings)),
    'GET /style.css': (_request, response) => send(response, 200, 'text/css; charset=utf-8', STYLE),
    'GET /post-back.js': (_request, response) => send(response, 200, 'text/javascript; charset=utf-8', SCRIPT),
    'GET /sso': async (_request, response, url) => show(response, await readRedirectRequest(url.search.slice(1), settings, (issuer) => serviceCertificate(issuer))),
    'POST /sso': async (request, response) => show(response, readPostedRequest(await readForm(request), settings)),
    'POST /sign-in': async (request, response) => signIn(settings, await readForm(request), response),
    'GET /slo': (_request, response) => sendPage(response, 200, plainPage(settings, 'You are signed out', 'Close the browser if others use this computer.')),
  };
}

function signIn(settings: Settings, form: URLSearchParams, response: ServerResponse): void {
  const request = carriedRequest(settings, form);
  const username = (form.get('username') ?? '').trim().toLowerCase();
  const person = settings.people.find((one) => one.username === username);
  if (!person || !isPassword(form.get('password') ?? '', settings.password)) {
    sendPage(response, 200, signInPage(settings, request, { message: 'Enter a user name of the list and the demonstration password', username }));
    return;
  }
  sendAnswer(settings, request, person, response);
}

function sendAnswer(settings: Settings, request: AuthnRequest, person: DirectoryPerson, response: ServerResponse): void {
  const xml = respond(settings, request, person);
  const html = postBackPage(settings, request, Buffer.from(xml, 'utf8').toString('base64'));
  sendPage(response, 200, html, new URL(request.acsUrl).origin);
}

/** The hidden fields come from the browser, so the service provider is checked again. */
function carriedRequest(settings: Settings, form: URLSearchParams): AuthnRequest {
  const issuer = form.get('issuer') ?? '';
  if (!issuer.startsWith(settings.trustedPrefix)) throw new RequestFault('The portal that sent you here is not known to this agency.');
  return { id: form.get('id') ?? '', issuer, acsUrl: `${issuer}/acs`, relayState: form.get('relayState') ?? '' };
}

function isPassword(given: string, right: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(right)];
  return one.length === other.length && timingSafeEqual(one, other);
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > FORM_LIMIT) throw new RequestFault('The form is too large.');
  }
  return new URLSearchParams(text);
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
