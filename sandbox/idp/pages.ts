import type { AuthnRequest } from './authn-request.js';
import type { DirectoryPerson, Settings } from './settings.js';
import { escape } from './xml.js';

/** Scripts: only the one that posts the answer on its own. Forms: only to us and to the portal that asked. */
export function contentPolicy(formTarget = "'self'"): string {
  return `default-src 'none'; script-src 'self'; style-src 'self'; form-action ${formTarget}; frame-ancestors 'none'; base-uri 'none'`;
}

function page(settings: Settings, title: string, main: string, script = ''): string {
  return `<!doctype html>
<html lang="en-GB">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)} - ${escape(settings.agency)}</title><link rel="stylesheet" href="/style.css">${script}</head>
<body><header><p>${escape(settings.agency)}: staff sign-in</p></header><main>${main}</main>
<footer><p>A demonstration. Nobody here is real.</p></footer></body></html>`;
}

function requestFields(request: AuthnRequest): string {
  const { id, issuer, relayState } = request;
  return Object.entries({ id, issuer, relayState }).map(([name, value]) => `<input type="hidden" name="${name}" value="${escape(value)}">`).join('');
}

/** The sign-in page: the demonstration's people to pick from, one password for all of them. */
export function signInPage(settings: Settings, request: AuthnRequest, fault?: { readonly message: string; readonly username: string }): string {
  const summary = fault
    ? `<div role="alert" class="fault" id="fault"><h2>There is a problem</h2><p><a href="#password">${escape(fault.message)}</a></p></div>`
    : '';
  const described = fault ? ' aria-describedby="fault" aria-invalid="true"' : '';
  return page(settings, `${fault ? 'Error: ' : ''}Sign in`, `<h1>Sign in</h1>${summary}
<form method="post" action="/sign-in" novalidate>${requestFields(request)}
<label for="username">User name</label>
<input id="username" name="username" list="people" autocomplete="username" autocapitalize="none" spellcheck="false" value="${escape(fault?.username ?? '')}">
<datalist id="people">${settings.people.map(({ username }) => `<option value="${escape(username)}"></option>`).join('')}</datalist>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password"${described}>
<button type="submit">Sign in</button></form>
<h2>Who works here</h2><p>The password of everybody in the demonstration is <strong>demonstration</strong>.</p>
<ul>${settings.people.map(personLine).join('')}</ul>`);
}

function personLine({ givenName, surname, username, roles }: DirectoryPerson): string {
  return `<li>${escape(`${givenName} ${surname}`)}: <code>${escape(username)}</code> (${escape(roles.join(', ').replaceAll('-', ' '))})</li>`;
}

/** The page that carries the answer back: by itself with script, by a button without. */
export function postBackPage(settings: Settings, request: AuthnRequest, samlResponse: string): string {
  return page(settings, 'Signing you in', `<h1>You are signed in</h1>
<form method="post" action="${escape(request.acsUrl)}" id="back">
<input type="hidden" name="SAMLResponse" value="${escape(samlResponse)}"><input type="hidden" name="RelayState" value="${escape(request.relayState)}">
<button type="submit">Go on to the portal</button></form>`, '<script src="/post-back.js" defer></script>');
}

/** Anything that is no sign-in: what it is and why. */
export function plainPage(settings: Settings, title: string, words: string): string {
  return page(settings, title, `<h1>${escape(title)}</h1><p>${escape(words)}</p>`);
}

export const SCRIPT = `document.getElementById('back').submit();\n`;

export const STYLE = `body{font:1.1875rem/1.4 "Helvetica Neue",Helvetica,Arial,sans-serif;color:#0b0c0c;background:#fff;max-width:40rem;margin:0 auto;padding:1rem}
header,footer{border-bottom:.25rem solid #44546a;margin-bottom:1rem}footer{border-bottom:0;border-top:1px solid #767676;margin-top:2rem;font-size:1rem}
label{display:block;margin-top:1rem;font-weight:bold}input{font:inherit;border:2px solid #0b0c0c;padding:.4rem;width:100%;box-sizing:border-box;max-width:24rem}
button{font:inherit;font-weight:bold;margin-top:1.5rem;padding:.6rem 1.2rem;background:#1d4d3a;color:#fff;border:0;cursor:pointer}
a,button,input{outline-offset:2px}a:focus,button:focus,input:focus{outline:3px solid #b35900}.fault{border:4px solid #b3001b;padding:.5rem 1rem;margin:1rem 0}.fault a{color:#b3001b;font-weight:bold}
`;
