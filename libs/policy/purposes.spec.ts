import { describe, expect, it } from '@jest/globals';
import type { AgencyId, AgreementId } from '../kernel/index.js';
import { LEAD_PURPOSES, purposesFor } from './purposes.js';
import type { Ground } from './sight.js';

const AT = new Date('2026-11-28T12:00:00Z');
const LED = { purpose: 'Fire safety of premises', members: ['Outbreak control', 'Fire safety of premises'] };

function member(purpose: string): Ground {
  const agreement = {
    id: 'isa' as unknown as AgreementId, reference: 'ISA', status: 'live', validFrom: AT, validTo: AT, parties: [], ceiling: { tier: 1, sensitive: true },
  } as const;
  const clause = { agreementId: agreement.id, code: '4.1', purpose, gateway: 'CDA115' };
  return { kind: 'member', membership: { agencyId: 'police' as unknown as AgencyId, agreement, clause, validFrom: AT, validTo: null } };
}

describe('the purposes somebody may state', () => {
  it('are those of the clauses her agency is a member under, each once, and of nobody else’s', () => {
    expect(purposesFor([member('Outbreak control'), member('Public protection'), member('Outbreak control')], LED, AT)).toEqual(['Outbreak control', 'Public protection']);
  });

  it('are, where it leads, what the case was opened for, what others take part for, and its own duty', () => {
    expect(purposesFor([{ kind: 'lead' }], LED, AT)).toEqual(['Fire safety of premises', 'Outbreak control', 'Investigation by the lead authority']);
    expect(purposesFor([{ kind: 'lead' }], { ...LED, members: [] }, AT)).toEqual(['Fire safety of premises', 'Investigation by the lead authority']);
  });

  it('name a duty of the lead from its first day on', () => {
    const [duty] = LEAD_PURPOSES;
    const before = new Date(new Date(duty?.from ?? '').getTime() - 1);
    expect(purposesFor([{ kind: 'lead' }], { purpose: 'Outbreak control', members: [] }, before)).toEqual(['Outbreak control']);
  });

  it('are none without a ground', () => {
    expect(purposesFor([], LED, AT)).toEqual([]);
  });
});
