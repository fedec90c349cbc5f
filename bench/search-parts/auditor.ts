import type { RunningPortal } from '../alert-parts/running-portal.js';
import { signIn } from '../alert-parts/running-portal.js';

/** An auditor with a session and a reason, who asks over HTTP as the portal's own pages do. */
export class Auditor {
  private constructor(
    private readonly baseUrl: string,
    readonly cookie: string,
  ) {}

  static async at({ baseUrl, superuser }: RunningPortal): Promise<Auditor> {
    const auditor = new Auditor(baseUrl, await signIn(superuser, 'public-audit', 'Bench Auditor', ['auditor']));
    await auditor.ask('mutation { stateAuditReason(reason: "A measurement") { __typename } }', {});
    return auditor;
  }

  async ask<Data>(query: string, variables: object): Promise<Data> {
    const response = await fetch(`${this.baseUrl}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: this.cookie },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as { data?: Data | null; errors?: unknown };
    if (data === null || data === undefined) throw new Error(`The portal answered ${response.status}: ${JSON.stringify(errors)}`);
    return data;
  }

  export(filter: object, format: string): Promise<Response> {
    return fetch(`${this.baseUrl}/ledger/export?${new URLSearchParams({ filter: JSON.stringify(filter), format }).toString()}`, { headers: { cookie: this.cookie } });
  }
}
