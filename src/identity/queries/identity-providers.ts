import { Injectable } from '@nestjs/common';
import type { AgencyId } from '../../../libs/kernel/index.js';
import { decide } from '../../../libs/policy/index.js';
import { LedgerIntake } from '../../ledger/index.js';
import { UnitOfWork, type ActContext, type Work } from '../../platform/index.js';
import { certificateFacts, certificateState, type CertificateState } from '../domain/idp-metadata.js';
import type { AgencyToSignIn } from './agencies-to-sign-in.js';

/** A signing certificate as people look at it. */
export interface CertificateView {
  readonly subject: string;
  readonly fingerprint: string;
  readonly validFrom: Date;
  readonly validTo: Date;
  readonly state: CertificateState;
}

/** An agency's identity provider as it was last imported. */
export interface IdentityProviderView {
  readonly agency: AgencyToSignIn;
  readonly entityId: string;
  /** Whether it can be asked to end its own session. */
  readonly offersSignOut: boolean;
  readonly importedAt: Date;
  readonly certificates: CertificateView[];
}

interface ProviderRow extends AgencyToSignIn {
  entity_id: string;
  slo_url: string | null;
  imported_at: Date;
  certificates: string[];
}

/** What agencies sign their people in with: to an auditor every agency's, to an administrator that of her own. */
@Injectable()
export class IdentityProviders {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly ledger: LedgerIntake,
  ) {}

  /** Answers nothing to whoever may not look; that is recorded as a refusal. */
  execute(context: ActContext): Promise<IdentityProviderView[]> {
    return this.unit.run(context, async (work) => {
      const { agencyId } = context.actor ?? {};
      const decideFor = (ownerAgencyId: AgencyId | undefined) =>
        decide(context.actor, 'idp.read', { at: work.at, ...(ownerAgencyId && { ownerAgencyId }) });
      const { effect, reasons } = decideFor(agencyId);
      const isAllowed = effect === 'permit';
      const rows = isAllowed ? await readProviders(work, decideFor(undefined).effect === 'permit' ? undefined : agencyId) : [];
      await this.ledger.append(work, {
        verb: 'idp.read', outcome: isAllowed ? 'done' : 'refused', policy: reasons.join(' '), ...(isAllowed && { details: { count: rows.length } }),
      });
      return rows.map((row) => viewOf(row, work.at));
    });
  }
}

/** The providers of every agency, or of one. */
function readProviders(work: Work, agencyId: AgencyId | undefined): Promise<ProviderRow[]> {
  return work.sql<ProviderRow>(
    `SELECT a.id, a.code, a.name, i.entity_id, i.slo_url, i.imported_at, i.certificates
     FROM agency_idp i JOIN agency a ON a.id = i.agency_id
     WHERE a.closed_at IS NULL AND ($1::uuid IS NULL OR a.id = $1) ORDER BY a.name`,
    [agencyId ?? null],
  );
}

function viewOf({ id, code, name, entity_id, slo_url, imported_at, certificates }: ProviderRow, now: Date): IdentityProviderView {
  return {
    agency: { id, code, name },
    entityId: entity_id,
    offersSignOut: slo_url !== null,
    importedAt: imported_at,
    certificates: certificates.map((pem) => certificateView(pem, now)),
  };
}

/** The import lets no certificate in that cannot be read, so one that cannot now is a fault and no answer. */
function certificateView(pem: string, now: Date): CertificateView {
  const facts = certificateFacts(pem);
  if (!facts.ok) throw new Error('A stored certificate cannot be read.');
  const { subject, fingerprint, validFrom, validTo } = facts.value;
  return { subject, fingerprint, validFrom, validTo, state: certificateState(facts.value, now) };
}
