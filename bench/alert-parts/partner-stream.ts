const LIVE = 'subscription { live { kind alertId workspaceId openAlerts } }';

interface Told {
  readonly data: { readonly live: { readonly kind: string; readonly alertId: string | null } };
}

/** The live stream of the partner's page: says when each new alert has arrived there. */
export class PartnerStream {
  private readonly known = new Set<string>();
  private readonly arrivals: number[] = [];
  private wake: (() => void) | undefined;

  private constructor(private readonly stop: AbortController) {}

  static async open(baseUrl: string, cookie: string): Promise<PartnerStream> {
    const stop = new AbortController();
    const address = `${baseUrl}/graphql/stream?query=${encodeURIComponent(LIVE)}`;
    const response = await fetch(address, { headers: { cookie, accept: 'text/event-stream' }, signal: stop.signal });
    if (response.status !== 200 || !response.body) throw new Error(`The stream was answered with ${response.status}.`);
    const stream = new PartnerStream(stop);
    stream.read(response.body).catch(() => undefined);
    return stream;
  }

  /** Waits for the next alert never told of before. Answers when it arrived, from `performance.now()`. */
  async nextAlert(): Promise<number> {
    for (;;) {
      const arrived = this.arrivals.shift();
      if (arrived !== undefined) return arrived;
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }

  close(): void {
    this.stop.abort();
  }

  private async read(body: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    let rest = '';
    for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
      const arrived = performance.now();
      const blocks = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) this.hear(block, arrived);
    }
  }

  private hear(block: string, arrived: number): void {
    const data = /^event: next\ndata: (.*)$/m.exec(block)?.[1];
    if (data === undefined) return;
    const { alertId } = (JSON.parse(data) as Told).data.live;
    if (alertId === null || this.known.has(alertId)) return;
    this.known.add(alertId);
    this.arrivals.push(arrived);
    this.wake?.();
  }
}
