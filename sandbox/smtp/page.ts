import type { KeptMail } from './mail-store.js';

const STYLE = `body{font:1.1rem/1.5 system-ui,sans-serif;margin:0 auto;max-width:60rem;padding:1rem;color:#111;background:#fff}
article{border-top:3px solid #1d4f76;margin:2rem 0;padding-top:.5rem}dt{font-weight:700;float:left;clear:left;width:8rem}dd{margin:0 0 .2rem 8rem}
pre{white-space:pre-wrap;overflow-wrap:anywhere;background:#f4f4f4;padding:1rem;font:inherit}a{color:#1d4f76}`;

/** The content security policy of the page: its own style and nothing else. */
export const PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** All kept mail on one page. Every value is attacker-controlled and escaped. */
export function mailPage(mails: readonly KeptMail[]): string {
  const count = mails.length === 1 ? '1 message' : `${mails.length} messages`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Sandbox mail: ${count}</title><style>${STYLE}</style></head>
<body><main><h1>Sandbox mail</h1>
<p>Stands in for the agencies' mail servers: it keeps what it is given and passes nothing on. ${count}, newest first.
<a href="/">Look again</a> or read <a href="/messages.json">the same as JSON</a>.</p>
<p>Mail to an address that begins with <code>no-such-user@</code> is refused for good, to <code>busy@</code> for now.</p>
${mails.length === 0 ? '<p>No mail yet. Record a finding that is a breach, and the duty posts are written to.</p>' : mails.map(article).join('\n')}
</main></body></html>`;
}

function article(mail: KeptMail): string {
  return `<article aria-labelledby="m-${escape(mail.id)}"><h2 id="m-${escape(mail.id)}">${escape(mail.subject)}</h2>
<dl><dt>To</dt><dd>${escape(mail.to.join(', '))}</dd><dt>From</dt><dd>${escape(mail.from)}</dd>
<dt>Received</dt><dd><time>${escape(mail.receivedAt)}</time></dd><dt>Message id</dt><dd>${escape(mail.messageId)}</dd></dl>
<pre>${linked(escape(mail.text))}</pre></article>`;
}

/** Addresses become links, so that the demonstration can be clicked through. Works on text that is already escaped. */
function linked(escaped: string): string {
  return escaped.replaceAll(/https?:\/\/[A-Za-z0-9.:/_-]+/g, (address) => `<a href="${address}" rel="noreferrer">${address}</a>`);
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
}
