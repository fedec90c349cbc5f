const SPECIAL: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text made safe for XML and HTML, in elements and attributes. */
export function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => SPECIAL[character] ?? '');
}

/** A message id (SAML core section 1.3.4). */
export function newId(): string {
  return `_${crypto.randomUUID().replaceAll('-', '')}`;
}

/** An instant, some seconds from now. */
export function instant(seconds = 0): string {
  return new Date(Date.now() + seconds * 1000).toISOString();
}
