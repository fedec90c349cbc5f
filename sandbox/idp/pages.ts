import type { DirectoryPerson } from './directory.js';
import type { IdpOptions } from './options.js';
import type { CheckedRequest } from './requests.js';
import { escape } from './xml.js';

/** Scripts: only the one that posts the answer on its own. Forms: only to us, or to the portal that asked. */
export function contentPolicy(formTarget = "'self'"): string {
  return `default-src 'none'; script-src 'self'; style-src 'self'; form-action ${formTarget}; frame-ancestors 'none'; base-uri 'none'`;
}

function page({ agencyName }: IdpOptions, title: string, main: string, script = ''): string {
  return `<!doctype html>
<html lang="en-GB">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)} - ${escape(agencyName)}</title><link rel="stylesheet" href="/style.css">${script}</head>
<body><header><p>${escape(agencyName)}: staff sign-in</p></header><main>${main}</main>
<footer><p>A demonstration. Nobody here is real.</p></footer></body></html>`;
}

/** What was wrong with a try to sign in. */
export interface SignInFault {
  readonly message: string;
  readonly userName: string;
}

/** The sign-in page. `query` is the portal's signed request as it came; it is checked again when the form is sent. */
export function signInPage(options: IdpOptions, query: string, fault?: SignInFault): string {
  const summary = fault
    ? `<div role="alert" class="fault" id="fault"><h2>There is a problem</h2><p><a href="#username">${escape(fault.message)}</a></p></div>`
    : '';
  const described = fault ? ' aria-describedby="fault" aria-invalid="true"' : '';
  return page(options, `${fault ? 'Error: ' : ''}Sign in`, `<h1>Sign in</h1>${summary}
<form method="post" action="/sign-in" novalidate><input type="hidden" name="request" value="${escape(query)}">
<label for="username">User name</label>
<input id="username" name="username" list="people" autocomplete="username" autocapitalize="none" spellcheck="false" value="${escape(fault?.userName ?? '')}"${described}>
<datalist id="people">${options.people.map(({ userName }) => `<option value="${escape(userName)}"></option>`).join('')}</datalist>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password">
<button type="submit">Sign in</button></form>
<h2>Who works here</h2><p>Everybody's password in the demonstration is <strong>${escape(options.password)}</strong>.</p>
<ul>${options.people.map(personLine).join('')}</ul>`);
}

function personLine({ displayName, userName, roles }: DirectoryPerson): string {
  return `<li>${escape(displayName)}: <code>${escape(userName)}</code> (${escape(roles.join(', ').replaceAll('-', ' '))})</li>`;
}

/** The page that carries the answer back: by itself with script, by a button without. */
export function postBackPage(options: IdpOptions, request: CheckedRequest, samlResponse: string): string {
  const relay = request.relayState === undefined ? '' : `<input type="hidden" name="RelayState" value="${escape(request.relayState)}">`;
  return page(options, 'You are signed in', `<h1>You are signed in</h1>
<form method="post" action="${escape(request.acsUrl)}" id="back">
<input type="hidden" name="SAMLResponse" value="${escape(samlResponse)}">${relay}
<button type="submit">Go on to the portal</button></form>`, '<script src="/post-back.js" defer></script>');
}

/** Anything else: what it is and why. */
export function plainPage(options: IdpOptions, title: string, words: string): string {
  return page(options, title, `<h1>${escape(title)}</h1><p>${escape(words)}</p>`);
}

export const SCRIPT = `document.getElementById('back').submit();\n`;

export const STYLE = `body{font:1.1875rem/1.4 "Helvetica Neue",Helvetica,Arial,sans-serif;color:#0b0c0c;background:#fff;max-width:40rem;margin:0 auto;padding:1rem}
header{border-bottom:.25rem solid #44546a;margin-bottom:1rem}footer{border-top:1px solid #767676;margin-top:2rem;font-size:1rem}
label{display:block;margin-top:1rem;font-weight:bold}input{display:block;font:inherit;border:2px solid #0b0c0c;padding:.4rem;width:100%;box-sizing:border-box;max-width:24rem}
button{display:block;font:inherit;font-weight:bold;margin-top:1.5rem;padding:.6rem 1.2rem;background:#1d4d3a;color:#fff;border:0;cursor:pointer}
a:focus,button:focus,input:focus{outline:3px solid #b35900;outline-offset:2px}
.fault{border:4px solid #b3001b;padding:.5rem 1rem;margin:1rem 0}.fault a{color:#b3001b;font-weight:bold}
`;
