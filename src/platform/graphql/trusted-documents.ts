import { createHash } from 'node:crypto';

/** Query texts the deployment vouches for, by the lower-case hex SHA-256 of the text. */
export class TrustedDocuments {
  private readonly texts = new Map<string, string>();

  /** Adds one text and returns its id. */
  trust(text: string): string {
    const id = documentId(text);
    this.texts.set(id, text);
    return id;
  }

  /** The text of an id (attacker-controlled), or undefined. */
  find(id: string): string | undefined {
    return this.texts.get(id);
  }

  /** Whether this very text is trusted. */
  has(text: string): boolean {
    return this.texts.has(documentId(text));
  }
}

/** Lower-case hex SHA-256 of a query text. */
export function documentId(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
