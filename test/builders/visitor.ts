/** What a GraphQL request answered. */
export interface Answer<Data> {
  readonly status: number;
  readonly data: Data | null;
  readonly errors: readonly { readonly message: string; readonly path?: readonly (string | number)[]; readonly extensions: Readonly<Record<string, unknown>> }[];
  /** The very text of the body, for comparing byte by byte. */
  readonly text: string;
}

/** Somebody with a browser: signed in when there is a cookie (`name=value`). */
export class Visitor {
  constructor(
    readonly baseUrl: string,
    readonly cookie: string | undefined,
  ) {}

  /** Any request of this visitor; redirects are answered, not followed. */
  fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (this.cookie !== undefined) headers.set('cookie', this.cookie);
    return fetch(new URL(path, this.baseUrl), { redirect: 'manual', ...init, headers });
  }

  /** Sends one GraphQL operation. */
  async graphql<Data = Record<string, unknown>>(query: string, variables: Readonly<Record<string, unknown>> = {}): Promise<Answer<Data>> {
    const response = await this.fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    const text = await response.text();
    const body = JSON.parse(text) as { data?: Data | null; errors?: Answer<Data>['errors'] };
    return { status: response.status, data: body.data ?? null, errors: body.errors ?? [], text };
  }

  /** The data of an operation that must succeed. */
  async ask<Data = Record<string, unknown>>(query: string, variables: Readonly<Record<string, unknown>> = {}): Promise<Data> {
    const { data, errors, status } = await this.graphql<Data>(query, variables);
    if (data === null || errors.length > 0) throw new Error(`GraphQL answered ${status}: ${JSON.stringify(errors)}`);
    return data;
  }
}
