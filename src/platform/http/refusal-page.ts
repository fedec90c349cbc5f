/** What the browser may do with a page that only says why: show it in the portal's own styles, and nothing else. */
export const REFUSAL_HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; frame-ancestors 'none'; base-uri 'none'",
  'x-content-type-options': 'nosniff',
};

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/**
 * A whole page that says why a file was not taken or not given and what to do; it knows nothing of the person or of the case.
 *
 * @param title - what did not happen, in a few words
 */
export function refusalPage(title: string, message: string): string {
  const [heading, words] = [escaped(title), escaped(message)];
  return `<!DOCTYPE html>
<html lang="en" class="govuk-template">
  <head>
    <meta charset="utf-8">
    <title>${heading} – Concordat</title>
    <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
    <link rel="icon" type="image/svg+xml" href="/assets/icon.svg">
    <link rel="stylesheet" href="/assets/portal.css">
  </head>
  <body class="govuk-template__body">
    <div class="govuk-width-container">
      <main class="govuk-main-wrapper" id="main-content">
        <h1 class="govuk-heading-l">${heading}</h1>
        <p class="govuk-body">${words}</p>
        <p class="govuk-body">Go back in your browser to try again.</p>
      </main>
    </div>
  </body>
</html>
`;
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
