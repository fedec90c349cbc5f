import { randomUUID } from 'node:crypto';
import type { Operator } from '../cli/operator.js';
import { AGREEMENT } from './borough.js';

/** Draws up the borough's agreement, when it is not there yet, and records that in the ledger. */
export async function seedAgreement({ unit, ledger, context }: Operator): Promise<void> {
  await unit.run(context, async (work) => {
    const known = await work.sql('SELECT 1 FROM agreement WHERE reference = $1', [AGREEMENT.reference]);
    if (known.length > 0) return;
    const id = randomUUID();
    const { reference, title, validFrom, validTo, parties, clauses } = AGREEMENT;
    await work.sql(
      `INSERT INTO agreement (id, reference, title, status, valid_from, valid_to, ceiling_tier, ceiling_sensitive)
       VALUES ($1, $2, $3, 'live', $4, $5, 1, true)`,
      [id, reference, title, validFrom, validTo],
    );
    await work.sql('INSERT INTO agreement_party (agreement_id, agency_id) SELECT $1, id FROM agency WHERE code = ANY ($2)', [id, parties]);
    for (const { code, purpose, gateway, category, words } of clauses) {
      await work.sql(
        'INSERT INTO agreement_clause (id, agreement_id, code, purpose, gateway, category, words) VALUES ($1, $2, $3, $4, $5, $6, $7)',
        [randomUUID(), id, code, purpose, gateway, category, words],
      );
    }
    await ledger.append(work, {
      verb: 'agreement.sign', outcome: 'done', subject: { kind: 'agreement', id, title }, agreement: reference, recipients: [...parties],
    });
  });
}
