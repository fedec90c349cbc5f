/** One HTML page of the portal as a reader without script has it. The markup is our own views', so plain patterns read it. */
export class Sheet {
  constructor(
    readonly status: number,
    readonly html: string,
    readonly headers: Headers,
    /** Path and query it was asked for. */
    readonly address: string,
  ) {}

  static async of(response: Response, address: string): Promise<Sheet> {
    return new Sheet(response.status, await response.text(), response.headers, address);
  }

  get title(): string {
    return this.first(/<title>([\s\S]*?)<\/title>/);
  }

  get headings(): string[] {
    return this.all(/<h1[^>]*>([\s\S]*?)<\/h1>/g);
  }

  /** The marking bands with their place, in the order of the page. */
  get markings(): { place: string; text: string }[] {
    const bands = [...this.html.matchAll(/data-marking="(\w+)">\s*<p[^>]*><span[^>]*>This page is marked <\/span>([^<]*)</g)];
    return bands.map(([, place = '', text = '']) => ({ place, text: decoded(text) }));
  }

  /** Everything between the tags of the main part, in one line. */
  get main(): string {
    return textOf(/<main[\s\S]*?<\/main>/.exec(this.html)?.[0] ?? '');
  }

  /** What the error summary lists. */
  get problems(): { text: string; field: string }[] {
    const summary = /<div class="govuk-error-summary"[\s\S]*?<\/ul>/.exec(this.html)?.[0] ?? '';
    return [...summary.matchAll(/<li>\s*(?:<a href="#([^"]*)">)?([^<]*)/g)].map(([, field = '', text = '']) => ({ field, text: decoded(text).trim() }));
  }

  /** Addresses of links within the portal, without the part after #. */
  get links(): string[] {
    const found = [...this.html.matchAll(/<a\b[^>]*\bhref="(\/[^"]*)"/g)].map(([, href = '']) => decoded(href).split('#')[0] ?? '');
    return [...new Set(found)];
  }

  link(text: string): string {
    for (const [, attributes = '', inner = ''] of this.html.matchAll(/<a\b([^>]*)>([\s\S]*?)<\/a>/g)) {
      if (textOf(inner) === text) return decoded(/href="([^"]*)"/.exec(attributes)?.[1] ?? '');
    }
    throw new Error(`${this.address} has no link “${text}”`);
  }

  get ids(): string[] {
    return this.everyAttribute('id');
  }

  /** The values of one attribute, wherever it stands. */
  everyAttribute(name: string): string[] {
    return [...this.html.matchAll(new RegExp(`<[a-z][^>]*\\s${name}="([^"]*)"`, 'g'))].map(([, value = '']) => decoded(value));
  }

  /** What a browser would send of the form that holds no `action`, or the `action` named: fields by name, as filled in. */
  form(action?: string): Map<string, string[]> {
    const forms = [...this.html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)];
    const [, , inner = ''] = forms.find(([, attributes = '']) => /\baction="([^"]*)"/.exec(attributes)?.[1] === action && /method="post"/.test(attributes)) ?? [];
    const fields = new Map<string, string[]>();
    const put = (name: string, value: string): void => void fields.set(name, [...(fields.get(name) ?? []), decoded(value)]);
    for (const [tag] of inner.matchAll(/<input\b[^>]*>/g)) {
      const of = (attribute: string): string | undefined => new RegExp(`\\b${attribute}="([^"]*)"`).exec(tag)?.[1];
      const name = of('name');
      const isChoice = ['radio', 'checkbox'].includes(of('type') ?? '');
      if (name !== undefined && of('type') !== 'file' && (!isChoice || /\bchecked\b/.test(tag))) put(name, of('value') ?? '');
    }
    for (const [, name = '', text = ''] of inner.matchAll(/<textarea\b[^>]*\bname="([^"]*)"[^>]*>([\s\S]*?)<\/textarea>/g)) put(name, text);
    return fields;
  }

  /** Machine-readable moments with what stands for them. */
  get times(): { iso: string; text: string }[] {
    return [...this.html.matchAll(/<time datetime="([^"]*)">([^<]*)<\/time>/g)].map(([, iso = '', text = '']) => ({ iso, text: decoded(text) }));
  }

  private first(pattern: RegExp): string {
    return textOf(pattern.exec(this.html)?.[1] ?? '');
  }

  private all(pattern: RegExp): string[] {
    return [...this.html.matchAll(pattern)].map(([, inner = '']) => textOf(inner));
  }
}

function textOf(html: string): string {
  return decoded(html.replaceAll(/<[^>]*>/g, ' ')).replaceAll(/\s+/g, ' ').trim();
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' };

function decoded(text: string): string {
  return text.replaceAll(/&([a-z]+|#\d+);/g, (whole, name: string) => ENTITIES[name] ?? (name.startsWith('#') ? String.fromCodePoint(Number(name.slice(1))) : whole));
}
