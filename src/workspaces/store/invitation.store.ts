import type { AgencyId } from '../../../libs/kernel/index.js';
import type { AgreementFacts, Facts } from '../../../libs/policy/index.js';
import type { Work } from '../../platform/index.js';
import type { AgencyRow } from './rows.js';

type ClauseFacts = NonNullable<Facts['invitation']>['clause'];

/** A clause with its agreement, as far as the actor's agency is a party to it. */
export interface FoundClause {
  readonly clauseId: string;
  readonly agreement: AgreementFacts;
  readonly clause: ClauseFacts;
}

interface ClauseRow {
  readonly id: string;
  readonly clause: ClauseFacts;
  readonly agreement: Omit<AgreementFacts, 'validFrom' | 'validTo'>;
  readonly valid_from: Date;
  readonly valid_to: Date;
}

/** The clause, unless row-level security hides its agreement or there is none. */
export async function findClause(work: Work, id: string): Promise<FoundClause | undefined> {
  const [row] = await work.sql<ClauseRow>(
    `SELECT c.id, g.valid_from, g.valid_to,
            json_build_object('agreementId', c.agreement_id, 'code', c.code, 'purpose', c.purpose, 'gateway', c.gateway) AS clause,
            json_build_object('id', g.id, 'reference', g.reference, 'status', g.status,
              'ceiling', json_build_object('tier', g.ceiling_tier, 'sensitive', g.ceiling_sensitive),
              'parties', (SELECT coalesce(json_agg(p.agency_id), '[]') FROM agreement_party p WHERE p.agreement_id = g.id)) AS agreement
       FROM agreement_clause c JOIN agreement g ON g.id = c.agreement_id WHERE c.id = $1`,
    [id],
  );
  if (row === undefined) return undefined;
  return { clauseId: row.id, clause: row.clause, agreement: { ...row.agreement, validFrom: row.valid_from, validTo: row.valid_to } };
}

/** An agency by its id. Agencies are known to everybody. */
export async function findAgency(work: Work, id: AgencyId): Promise<AgencyRow | undefined> {
  const [row] = await work.sql<AgencyRow>('SELECT id, code, name FROM agency WHERE id = $1', [id]);
  return row;
}
