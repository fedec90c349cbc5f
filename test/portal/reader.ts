import type { Visitor } from '../builders/visitor.js';
import { Sheet } from './sheet.js';

/** What a form is sent with: by field name, one value or several. */
export type Filled = Readonly<Record<string, string | readonly string[]>>;

/** Somebody in front of the portal whose browser runs no script. */
export class Reader {
  constructor(readonly visitor: Visitor) {}

  /** Opens a page; redirects are answered, not followed. */
  async open(address: string): Promise<Sheet> {
    return Sheet.of(await this.visitor.fetch(address, { headers: { accept: 'text/html' } }), address);
  }

  /** Opens the page of a form, changes the fields named in `filled` (an empty list takes one away), and sends it as a browser would. */
  async fill(address: string, filled: Filled): Promise<Sheet> {
    const sheet = await this.open(address);
    if (sheet.status !== 200) throw new Error(`${address} answered ${sheet.status}`);
    return this.send(address, { ...Object.fromEntries(sheet.form()), ...filled });
  }

  /** Sends a form as it stands. */
  async send(address: string, filled: Filled): Promise<Sheet> {
    const body = new URLSearchParams();
    for (const [name, values] of Object.entries(filled)) for (const value of typeof values === 'string' ? [values] : values) body.append(name, value);
    return Sheet.of(await this.visitor.fetch(address, { method: 'POST', body }), address);
  }

  /** The token of this person's forms. */
  async token(): Promise<string> {
    const [token] = (await this.open('/my-work')).form('/sign-out').get('csrf') ?? [];
    if (token === undefined) throw new Error('The page carries no form token.');
    return token;
  }

  /** Another address of the same browser, with a cookie more. */
  async openWith(address: string, cookie: string): Promise<Sheet> {
    const headers = { cookie: `${this.visitor.cookie ?? ''}; ${cookie}` };
    return Sheet.of(await fetch(new URL(address, this.visitor.baseUrl), { redirect: 'manual', headers }), address);
  }
}
