/** What a form or a query string holds (attacker-controlled), read by name and never by shape. */
export class Fields {
  constructor(private readonly raw: Readonly<Record<string, unknown>> = {}) {}

  /** The one value of a name, trimmed; empty when absent. The last wins when sent several times. */
  text(name: string): string {
    return this.list(name).at(-1)?.trim() ?? '';
  }

  /** The value of a name as sent, line ends as `\n`; for text that people write. */
  prose(name: string): string {
    return (this.list(name).at(-1) ?? '').replaceAll('\r\n', '\n');
  }

  /** Every value of a name. */
  list(name: string): readonly string[] {
    const value = Object.hasOwn(this.raw, name) ? this.raw[name] : undefined;
    if (typeof value === 'string') return [value];
    return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
  }

  /** Every name that carries text, with its text. */
  all(): readonly (readonly [string, string])[] {
    return Object.keys(this.raw).map((name) => [name, this.list(name).join(', ')] as const);
  }

  /** Whether anything was sent at all. */
  get isEmpty(): boolean {
    return Object.keys(this.raw).length === 0;
  }
}
