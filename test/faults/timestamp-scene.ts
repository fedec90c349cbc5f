import type { Visitor } from '../builders/visitor.js';
import type { World } from '../builders/world.js';

/** The standing as an auditor asks for it. */
export interface Dated {
  readonly standing: string;
  readonly waiting: number;
  readonly message: string | null;
  readonly newest: { readonly size: number; readonly at: string; readonly signer: string; readonly checkpoint: string; readonly token: string } | null;
}

const STANDING = '{ ledgerTimestamping { standing waiting message newest { size at signer checkpoint token } } }';

/** How the ledger stands with its authority. Asking is an act itself, so there is something new to date after it. */
export async function datingOf(auditor: Visitor): Promise<Dated> {
  return (await auditor.ask<{ ledgerTimestamping: Dated }>(STANDING)).ledgerTimestamping;
}

/** What the ledger's page says of its timestamps, without the markup. */
export async function datesShown(auditor: Visitor): Promise<string> {
  const page = await (await auditor.fetch('/audit/ledger')).text();
  const section = /<h2[^>]*id="timestamps"[^]*?(?=<h2|<p class="govuk-body"><a[^>]*>Back)/.exec(page)?.[0] ?? '';
  return section.replaceAll(/<[^>]+>/g, ' ').replaceAll('&#39;', "'").replaceAll(/\s+/g, ' ');
}

/** The kept tokens with the checkpoints they are filed under, in the order of their coming. */
export async function keptTokens({ superuser }: World): Promise<readonly { readonly size: string; readonly token: Buffer; readonly note: string; readonly received_at: Date }[]> {
  const { rows } = await superuser.query<{ size: string; token: Buffer; note: string; received_at: Date }>(
    'SELECT t.size, t.token, c.note, t.received_at FROM ledger_timestamp t JOIN ledger_checkpoint c USING (size) ORDER BY t.received_at, t.size',
  );
  return rows;
}
