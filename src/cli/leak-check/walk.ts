import { randomUUID } from 'node:crypto';
import type { Canary, Sight } from './canary.js';
import type { Asked, Judge } from './judge.js';
import type { Operation } from './schema-walk.js';
import type { Viewer } from './viewer.js';

/** Pages of one kind that a viewer is led through: the tabs of a list are fewer, the ways to narrow a search are without end. */
const MOST_OF_A_KIND = 6;
/** What ends the session, leads out of the portal, or is no answer of it. */
const NOT_FOLLOWED = /^\/(sign-out|stay-signed-in|saml|assets|signed-out)/;
/** No id of anything. */
const ABSENT = randomUUID();

/** Follows links from the first page on, and answers every address that was shown. */
export async function walkPages(viewer: Viewer, judge: Judge): Promise<ReadonlySet<string>> {
  const addresses = new Set(['/my-work']);
  const ofKind = new Map<string, number>();
  for (const address of addresses) {
    const kind = nameless(address).replace(/\?.*/, '');
    ofKind.set(kind, (ofKind.get(kind) ?? 0) + 1);
    if ((ofKind.get(kind) ?? 0) > MOST_OF_A_KIND) continue;
    const { text } = await viewer.get(address);
    judge.hear(`GET ${kind}`, text);
    for (const link of linksIn(text)) if (!NOT_FOLLOWED.test(link)) addresses.add(link);
  }
  return addresses;
}

/** Tries the addresses of what is kept from this viewer that others were shown: somebody may have passed one on. */
export async function tryAddresses(viewer: Viewer, judge: Judge, addresses: ReadonlySet<string>, sights: ReadonlyMap<Canary, Sight>): Promise<void> {
  const known = new Map<string, Asked>();
  const ask = async (address: string, id: string): Promise<Asked> => ({ id, text: said(await viewer.get(address)) });
  for (const canary of hiddenIn(sights)) {
    for (const address of addresses) {
      if (!address.includes(canary.id)) continue;
      const other = address.replaceAll(canary.id, ABSENT);
      const absent = known.get(other) ?? (await ask(other, ABSENT));
      known.set(other, absent);
      await judge.compare(`GET ${nameless(address)}`, canary, [await ask(address, canary.id), absent], () => ask(other, ABSENT));
    }
  }
}

/** Asks every question of the schema about what was planted, and tries every act on two things that are kept from this viewer. */
export async function walkSchema(viewer: Viewer, judge: Judge, operations: readonly Operation[], sights: ReadonlyMap<Canary, Sight>): Promise<void> {
  const hidden = hiddenIn(sights);
  const shown = [...new Map([...sights].flatMap(([canary, sight]) => (sight === 'nothing' ? [] : [[canary.kind, canary] as const]))).values()];
  for (const operation of operations.filter(({ kind }) => kind === 'query')) {
    if (operation.takesId) await compare(viewer, judge, operation, hidden);
    const asked = operation.takesId ? shown : operation.takesWords ? [...sights.keys()] : [...sights.keys()].slice(0, 1);
    for (const canary of asked) judge.hear(operation.field, (await viewer.graphql(operation.text, operation.variables(canary.id, canary.title))).text);
  }
  const tried = [hidden.find(({ kind }) => kind === 'investigation'), hidden.find(({ kind }) => kind === 'exhibit')].filter((canary) => canary !== undefined);
  for (const operation of operations.filter(({ kind, takesId }) => kind === 'mutation' && takesId)) await compare(viewer, judge, operation, tried);
}

async function compare(viewer: Viewer, judge: Judge, { field, text, variables }: Operation, hidden: readonly Canary[]): Promise<void> {
  if (hidden.length === 0) return;
  const ask = async (id: string): Promise<Asked> => ({ id, text: said(await viewer.graphql(text, variables(id, 'nothing'))) });
  const absent = await ask(ABSENT);
  for (const canary of hidden) await judge.compare(field, canary, [await ask(canary.id), absent], () => ask(ABSENT));
}

const hiddenIn = (sights: ReadonlyMap<Canary, Sight>): Canary[] => [...sights].flatMap(([canary, sight]) => (sight === 'nothing' ? [canary] : []));
const said = ({ status, text }: { readonly status: number; readonly text: string }): string => `${status}\n${text}`;

/** Addresses within the portal that a page leads to. */
function linksIn(html: string): string[] {
  return [...html.matchAll(/\s(?:href|src|data-preview)="(\/[^"#]*)/g)].flatMap(([, link]) => (link === undefined ? [] : [link.replaceAll('&amp;', '&')]));
}

/** The same address whatever it is about, so that one fault is told once. */
function nameless(address: string): string {
  return address.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id');
}

/** What the portal tells a viewer by itself while her pages are open. */
export class OpenStream {
  private text = '';

  private constructor(private readonly stop: AbortController) {}

  static async open(viewer: Viewer): Promise<OpenStream | undefined> {
    const stop = new AbortController();
    const query = encodeURIComponent('subscription { live { kind alertId workspaceId openAlerts } }');
    const response = await viewer.fetch(`/graphql/stream?query=${query}`, { headers: { accept: 'text/event-stream' }, signal: stop.signal });
    if (response.status !== 200 || !response.body) return undefined;
    const stream = new OpenStream(stop);
    void stream.read(response.body);
    return stream;
  }

  /** Ends it, and holds what came against what she may know: ids as well as words. */
  judge(judge: Judge, sights: ReadonlyMap<Canary, Sight>): void {
    this.stop.abort();
    judge.hear('stream', this.text);
    for (const [canary, sight] of sights) if (sight === 'nothing' && this.text.includes(canary.id)) judge.tell('stream', canary);
  }

  private async read(body: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    try {
      for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) this.text += decoder.decode(chunk, { stream: true });
    } catch (fault) {
      if (!this.stop.signal.aborted) throw fault;
    }
  }
}
