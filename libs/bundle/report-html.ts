import type { Report, ReportPart } from './report.js';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const STYLE = `
body{font:16px/1.5 "Helvetica Neue",Arial,sans-serif;color:#0b0c0c;margin:0 auto;max-width:60rem;padding:0 1rem 4rem}
.marking{position:sticky;top:0;background:#0b0c0c;color:#fff;font-weight:700;text-align:center;padding:.4rem;margin:0 -1rem;max-width:none!important}
.marking--end{position:static;margin-top:3rem}
h1{font-size:1.8rem;line-height:1.2;margin:2rem 0 1rem}
h2{font-size:1.3rem;margin:2.5rem 0 .5rem;border-top:2px solid #1d70b8;padding-top:1rem}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;border-bottom:1px solid #b1b4b6;padding:.4rem 1rem .4rem 0;overflow-wrap:anywhere}
th{width:15rem;font-weight:700}
p{max-width:44rem;white-space:pre-line}
@media(max-width:40rem){th,td{display:block;width:auto;border:0;padding:.2rem 0}tr{display:block;border-bottom:1px solid #b1b4b6;padding:.3rem 0}}
@media print{.marking{position:fixed;left:0;right:0;margin:0;color:#000;background:#fff;border:1px solid #000}.marking--end{top:auto;bottom:0}body{padding-top:2.5rem;font-size:11pt}h2{break-after:avoid}tr{break-inside:avoid}}
`.trim();

/**
 * The report as one page that loads nothing and runs nothing. Everything in it may be the words of strangers, and is text.
 *
 * @param more - style beside the report's own, written by us; a bundle's report has none, so that it stays the same.
 */
export function reportHtml({ title, marking, parts }: Report, more = ''): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${STYLE}${more}</style>
</head>
<body>
<p class="marking">${escaped(marking)}</p>
<h1>${escaped(title)}</h1>
${parts.map(partHtml).join('')}<p class="marking marking--end">${escaped(marking)}</p>
</body>
</html>
`;
}

function partHtml({ heading, sentences, rows }: ReportPart): string {
  const table = rows.length === 0 ? '' : `<table><tbody>\n${rows.map(([label, value]) => `<tr><th scope="row">${escaped(label)}</th><td>${escaped(value)}</td></tr>\n`).join('')}</tbody></table>\n`;
  return `<h2>${escaped(heading)}</h2>\n${sentences.map((sentence) => `<p>${escaped(sentence)}</p>\n`).join('')}${table}`;
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
