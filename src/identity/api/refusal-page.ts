import type { FastifyReply } from 'fastify';

const POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

function page(title: string, words: string): string {
  return `<!doctype html>
<html lang="en-GB">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title} - Concordat</title></head>
<body><main><h1>${title}</h1><p>${words}</p><p><a href="/">Choose your agency and sign in</a></p></main></body>
</html>
`;
}

const REFUSED = page(
  'You could not be signed in',
  'The answer of your agency\u2019s sign-in service could not be used. Try again. If it happens again, tell your agency\u2019s service desk when you tried.',
);
const SIGN_OUT_REFUSED = page(
  'We could not confirm that you are signed out',
  'The message of your agency\u2019s sign-in service could not be used. If you signed out here, your session here has ended; you may still be signed in with your agency. On a shared computer, close the browser.',
);
const UNKNOWN = page('Page not found', 'There is nothing here that you can see.');
const NOT_FROM_HERE = page('You are still signed in', 'Sign out with the button on a page of this portal.');
const TOO_MANY = page('Too many tries', 'Wait a minute and try again.');

function send(reply: FastifyReply, status: number, html: string): void {
  void reply.code(status).header('content-security-policy', POLICY).type('text/html; charset=utf-8').send(html);
}

/** The one answer to every message of a sign-in that was not believed. It must not differ by a byte between causes. */
export function sendRefusal(reply: FastifyReply): void {
  send(reply, 403, REFUSED);
}

/** The same for every logout message. */
export function sendSignOutRefusal(reply: FastifyReply): void {
  send(reply, 403, SIGN_OUT_REFUSED);
}

/** There is no such agency. */
export function sendUnknown(reply: FastifyReply): void {
  send(reply, 404, UNKNOWN);
}

/** Too many tries from one address. */
export function sendTooMany(reply: FastifyReply): void {
  void reply.header('retry-after', '60');
  send(reply, 429, TOO_MANY);
}

/** A sign-out that no page of ours asked for. */
export function sendNotFromHere(reply: FastifyReply): void {
  send(reply, 403, NOT_FROM_HERE);
}
