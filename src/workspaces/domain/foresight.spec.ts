import { describe, expect, it } from '@jest/globals';
import type { AgencyId, AgreementId, WorkspaceId } from '../../../libs/kernel/index.js';
import type { Facts, Marking } from '../../../libs/policy/index.js';
import { foreseen } from './foresight.js';

const [COUNCIL, POLICE, FIRE] = ['council', 'police', 'fire'] as unknown as readonly [AgencyId, AgencyId, AgencyId];
const ISA = 'isa' as unknown as AgreementId;
const agreement = {
  id: ISA, reference: 'ISA-1', status: 'live', validFrom: new Date('2026-01-01'), validTo: new Date('2028-01-01'), parties: [COUNCIL, FIRE], ceiling: { tier: 1, sensitive: false },
} as const;
const invitation = { agencyId: FIRE, agreement, clause: { agreementId: ISA, code: '4.1', purpose: 'Safety', gateway: 'CDA115' } };
const workspace = { id: 'case' as unknown as WorkspaceId, leadAgencyId: COUNCIL, level: { tier: 1, sensitive: false }, memberships: [] } as const;
const facts: Facts = { at: new Date('2026-12-01'), workspace, invitation };
const marking: Marking = { tier: 1, sensitive: false, descriptors: [], handling: [], originator: COUNCIL, releasableTo: null };

describe('what an agency would see once it is invited', () => {
  it.each<[string, Partial<Marking>, string]>([
    ['for every member', {}, 'gains'],
    ['for it by name', { releasableTo: [FIRE] }, 'gains'],
    ['for another by name', { releasableTo: [POLICE] }, 'not-releasable'],
    ['above what its agreement reaches', { sensitive: true }, 'above-ceiling'],
    ['above it and for another: the first that stops it', { sensitive: true, releasableTo: [POLICE] }, 'above-ceiling'],
  ])('of an item %s', (_, change, said) => {
    expect(foreseen(facts, { ...marking, ...change })).toBe(said);
  });

  it('is not asked where nobody is invited', () => {
    expect(() => foreseen({ ...facts, invitation: undefined }, marking)).toThrow('Nobody is invited');
  });
});
