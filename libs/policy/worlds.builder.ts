import fc from 'fast-check';
import { Role, type ActorRef, type AgencyId, type AgreementId, type PersonId, type SessionId, type WorkspaceId } from '../kernel/index.js';
import type { AgencyKind, AgreementFacts, ClauseFacts, Facts, InvitationFacts, MembershipFacts, WorkspaceFacts } from './facts.js';
import { joinRestrictions, type Level, type Marking, type Restrictions } from './marking.js';
import { DESCRIPTORS, HANDLING } from './marking-terms.js';

/** Arbitrary values for property tests of the policy: small sets, so that ids often meet. */

const id = (kind: number, number: number): string => `00000000-0000-4000-8000-${String(kind * 1000 + number).padStart(12, '0')}`;

export const AGENCIES: readonly AgencyId[] = [1, 2, 3, 4].map((number) => (id(1, number) as AgencyId));
const AGREEMENTS = [1, 2].map((number) => (id(2, number) as AgreementId));
const agency = fc.constantFrom(...AGENCIES);
const moment = fc.integer({ min: 0, max: 9 }).map((day) => new Date(Date.UTC(2026, 0, 1 + day)));

export const arbitraryLevel: fc.Arbitrary<Level> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ tier: fc.constant(1 as const), sensitive: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ tier: fc.constantFrom(2 as const, 3 as const), sensitive: fc.constant(false) }) },
);

export const arbitraryRestrictions: fc.Arbitrary<Restrictions> = fc
  .tuple(
    arbitraryLevel,
    fc.subarray(DESCRIPTORS.map(({ text }) => text)),
    fc.subarray(HANDLING.map(({ text }) => text)),
    fc.option(fc.subarray([...AGENCIES])),
  )
  .map(([level, descriptors, handling, releasableTo]) => ({ ...level, descriptors, handling, releasableTo }));

export const arbitraryMarking: fc.Arbitrary<Marking> = fc
  .tuple(arbitraryRestrictions, agency)
  .map(([restrictions, originator]) => ({ ...joinRestrictions(restrictions, restrictions), originator }));

const agreement: fc.Arbitrary<AgreementFacts> = fc.record({
  id: fc.constantFrom(...AGREEMENTS),
  reference: fc.constant('ISA-2026-01'),
  status: fc.constantFrom('live', 'live', 'live', 'draft', 'suspended', 'ended'),
  validFrom: moment,
  validTo: moment,
  parties: fc.subarray([...AGENCIES], { minLength: 1 }),
  ceiling: arbitraryLevel,
});

const clause: fc.Arbitrary<ClauseFacts> = fc.record({
  agreementId: fc.constantFrom(...AGREEMENTS),
  code: fc.constantFrom('4.1', '4.2'),
  purpose: fc.constant('Protecting the public'),
  gateway: fc.constant('CDA115'),
});

const membership: fc.Arbitrary<MembershipFacts> = fc.record({
  agencyId: agency, agreement, clause, validFrom: moment, validTo: fc.option(moment),
});

const workspace: fc.Arbitrary<WorkspaceFacts> = fc.record({
  id: fc.constant((id(3, 1) as WorkspaceId)),
  leadAgencyId: agency,
  level: arbitraryLevel,
  memberships: fc.array(membership, { maxLength: 5 }),
});

const invitation: fc.Arbitrary<InvitationFacts> = fc.record({ agencyId: agency, agreement, clause });

/** Anything that can be known, with any of it missing. */
export const arbitraryFacts: fc.Arbitrary<Facts> = fc.record(
  {
    at: moment,
    agencyKind: fc.constantFrom<AgencyKind>('council', 'council', 'police', 'fire'),
    workspace,
    item: arbitraryMarking,
    proposed: arbitraryMarking,
    invitation,
    ownerAgencyId: agency,
  },
  { requiredKeys: ['at'] },
);

export const arbitraryActor: fc.Arbitrary<ActorRef> = fc
  .tuple(agency, fc.subarray(Object.values(Role), { maxLength: 3 }))
  .map(([agencyId, roles]) => actor(agencyId, roles));

/** A person of `agencyId` with `roles`. */
export function actor(agencyId: AgencyId, roles: readonly Role[]): ActorRef {
  return {
    personId: (id(4, 1) as PersonId),
    displayName: 'Somebody',
    agencyId,
    agencyName: 'Some agency',
    agencyCode: 'some-agency',
    roles,
    sessionId: (id(5, 1) as SessionId),
    idp: 'https://idp.example/some-agency',
  };
}
