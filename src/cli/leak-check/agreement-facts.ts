import type { Facts } from '../../../libs/policy/index.js';
import type { Operator } from '../operator.js';

export type AgencyKind = NonNullable<Facts['agencyKind']>;
type Agreement = NonNullable<Facts['invitation']>['agreement'];
type Clause = NonNullable<Facts['invitation']>['clause'];

/** An agreement with its clauses, and the id each clause is invited by. */
export interface BindingAgreement {
  readonly agreement: Agreement;
  readonly clauses: readonly (Clause & { readonly id: string })[];
}

interface AgreementRow {
  readonly id: Agreement['id'];
  readonly reference: string;
  readonly status: Agreement['status'];
  readonly validFrom: Date;
  readonly validTo: Date;
  readonly tier: Agreement['ceiling']['tier'];
  readonly sensitive: boolean;
  readonly parties: Agreement['parties'];
  readonly clauses: readonly (Omit<Clause, 'agreementId'> & { readonly id: string })[];
}

/** Every agreement of the copy as the policy knows it, read as the owner of the tables and by none of the ways a reader asks. */
export function agreementsIn({ unit, context }: Operator): Promise<BindingAgreement[]> {
  return unit.run(context, async (work) => {
    const rows = await work.sql<AgreementRow>(
      `SELECT a.id, a.reference, a.status, a.valid_from AS "validFrom", a.valid_to AS "validTo", a.ceiling_tier AS tier, a.ceiling_sensitive AS sensitive,
              array(SELECT p.agency_id FROM agreement_party p WHERE p.agreement_id = a.id) AS parties,
              (SELECT coalesce(json_agg(json_build_object('id', c.id, 'code', c.code, 'purpose', c.purpose, 'gateway', c.gateway) ORDER BY c.code), '[]')
                 FROM agreement_clause c WHERE c.agreement_id = a.id) AS clauses
         FROM agreement a ORDER BY a.reference`);
    return rows.map(({ tier, sensitive, clauses, ...agreement }) => ({
      agreement: { ...agreement, ceiling: { tier, sensitive } },
      clauses: clauses.map((clause) => ({ ...clause, agreementId: agreement.id })),
    }));
  });
}
