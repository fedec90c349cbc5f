import type { Visitor } from '../builders/visitor.js';
import { eventually } from './alert-case.js';

/** What a stream told. */
export interface Told {
  readonly kind: string;
  readonly alertId?: string | null;
  readonly workspaceId?: string | null;
  readonly openAlerts?: number | null;
  /** When it arrived here, from `performance.now()`. */
  readonly at: number;
}

export const LIVE = 'subscription { live { kind alertId workspaceId openAlerts } }';

/** An open live stream, read as a browser's EventSource would. */
export class EventStream {
  readonly told: Told[] = [];
  /** Everything that came over the wire, byte for byte. */
  text = '';
  /** From `performance.now()`, when the server ended it. */
  endedAt: number | undefined;

  private constructor(private readonly stop: AbortController) {}

  /** Opens a stream and waits for its first word, so that what happens afterwards is heard. */
  static async open(who: Visitor): Promise<EventStream> {
    const stop = new AbortController();
    const response = await who.fetch(`/graphql/stream?query=${encodeURIComponent(LIVE)}`, { headers: { accept: 'text/event-stream' }, signal: stop.signal });
    if (response.status !== 200 || !response.body) throw new Error(`The stream was answered with ${response.status}: ${await response.text()}`);
    const stream = new EventStream(stop);
    void stream.read(response.body);
    await eventually('the stream being ready', () => Promise.resolve(stream.told.length > 0));
    return stream;
  }

  /** Waits for something told that `is` what is waited for. */
  hears(what: string, is: (told: Told) => boolean): Promise<Told> {
    return eventually(what, () => Promise.resolve(this.told.find(is)));
  }

  close(): void {
    this.stop.abort();
  }

  private async read(body: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    let rest = '';
    try {
      for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
        const part = decoder.decode(chunk, { stream: true });
        this.text += part;
        rest += part;
        const blocks = rest.split('\n\n');
        rest = blocks.pop() ?? '';
        for (const block of blocks) this.hear(block);
      }
    } catch (fault) {
      if (!this.stop.signal.aborted) throw fault;
    }
    this.endedAt = performance.now();
  }

  private hear(block: string): void {
    const data = /^data: ?(.*)$/m.exec(block)?.[1];
    if (!block.includes('event: next') || data === undefined) return;
    const { live } = (JSON.parse(data) as { data: { live: Omit<Told, 'at'> } }).data;
    this.told.push({ ...live, at: performance.now() });
  }
}
