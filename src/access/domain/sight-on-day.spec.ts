import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { AgencyId, AgreementId, WorkspaceId } from '../../../libs/kernel/index.js';
import { worksOnCases, type Marking } from '../../../libs/policy/index.js';
import { sightOnDay, type AgencySight, type KeptMembership as Membership } from './sight-on-day.js';

type History = Parameters<typeof sightOnDay>[0];

const [COUNCIL, POLICE, FIRE] = ['council', 'police', 'fire'] as unknown as readonly [AgencyId, AgencyId, AgencyId];
const DAY = new Date('2026-11-28T00:00:00Z');
const NEXT = new Date('2026-11-29T00:00:00Z');
const LONG_AGO = new Date('2026-01-01T00:00:00Z');
const FAR_AHEAD = new Date('2028-01-01T00:00:00Z');
const at = (clock: string): Date => new Date(`2026-11-28T${clock}Z`);
const JUST_BEFORE = new Date(DAY.getTime() - 1);
const LAST = new Date(NEXT.getTime() - 1);

const agreement: Membership['agreement'] = {
  id: 'isa-1' as unknown as AgreementId, reference: 'ISA-2026-01', status: 'live', validFrom: LONG_AGO, validTo: FAR_AHEAD, parties: [COUNCIL, POLICE, FIRE], ceiling: { tier: 1, sensitive: false },
};
const clause: Membership['clause'] = { agreementId: agreement.id, code: '4.1', purpose: 'Protecting the public', gateway: 'CDA115' };
const member = (change: Partial<Membership> = {}): Membership => ({ agencyId: POLICE, agreement, clause, validFrom: LONG_AGO, validTo: null, statuses: [{ since: LONG_AGO, status: 'live' }], ...change });
const under = (change: Partial<typeof agreement>, statuses: Membership['statuses'] = [{ since: LONG_AGO, status: 'live' }]): Membership => member({ agreement: { ...agreement, ...change }, statuses });
const low: Marking = { tier: 1, sensitive: false, descriptors: [], handling: [], originator: COUNCIL, releasableTo: null };
/** Above what the agreement lets pass. */
const high: Marking = { ...low, sensitive: true };
const history = (memberships: readonly Membership[], markings: History['markings'] = [{ since: LONG_AGO, marking: low }]): History => ({
  markings, agencies: [{ id: COUNCIL, name: 'Council', roles: ['auditor', 'service-manager', 'environmental-health-officer'] }, { id: POLICE, name: 'Police', roles: [] }],
  workspace: { id: 'w' as unknown as WorkspaceId, leadAgencyId: COUNCIL, level: { tier: 1, sensitive: false }, memberships },
});
const sightOf = (name: string, of: History): AgencySight | undefined => sightOnDay(of, DAY, NEXT).agencies.find(({ agency }) => agency === name);
const police = (...of: Parameters<typeof history>): string => {
  const { could, reason, from } = sightOf('Police', history(...of)) ?? {};
  return [could, reason, from?.toISOString().slice(5, 23)].filter(Boolean).join(' ');
};

describe('who could see an item on a day', () => {
  it('is who leads, and a member under the clause that lets it, from the first moment', () => {
    expect(sightOnDay(history([member()]), DAY, NEXT).agencies).toEqual([
      { agency: 'Council', could: 'yes', reason: 'lead-agency', agreement: null, clause: null, purpose: null, from: DAY, agreementIsNow: null, roles: ['environmental-health-officer', 'service-manager'] },
      { agency: 'Police', could: 'yes', reason: 'member', agreement: 'ISA-2026-01', clause: '4.1', purpose: 'Protecting the public', from: DAY, agreementIsNow: null, roles: [] },
    ]);
    expect(police([])).toBe('no not-a-member');
    expect(police([member({ agencyId: FIRE })])).toBe('no not-a-member');
  });

  it.each([
    ['begins with it', { validFrom: DAY }, 'yes member 11-28T00:00:00.000'],
    ['begins within it', { validFrom: at('09:30:00.001') }, 'part member 11-28T09:30:00.001'],
    ['begins with its last moment', { validFrom: LAST }, 'part member 11-28T23:59:59.999'],
    ['begins when it is over', { validFrom: NEXT }, 'no not-a-member'],
    ['ended as it began', { validTo: DAY }, 'no not-a-member'],
    ['ended just after it began', { validTo: new Date(DAY.getTime() + 1) }, 'part member 11-28T00:00:00.000'],
    ['ended within it', { validTo: at('17:00:00') }, 'part member 11-28T00:00:00.000'],
    ['ended when it was over', { validTo: NEXT }, 'yes member 11-28T00:00:00.000'],
    ['began and ended within it', { validFrom: at('12:00:00'), validTo: at('12:00:00.001') }, 'part member 11-28T12:00:00.000'],
    ['was over before', { validTo: JUST_BEFORE }, 'no not-a-member'],
  ])('of a membership that %s', (_, change, expected) => {
    expect(police([member(change)])).toBe(expected);
  });

  it('is on all of it where one membership follows another without a gap, and on part of it with one', () => {
    const first = member({ validTo: at('12:00:00') });
    expect(police([first, member({ validFrom: at('12:00:00') })])).toBe('yes member 11-28T00:00:00.000');
    expect(police([first, member({ validFrom: at('12:00:00.001') })])).toBe('part member 11-28T00:00:00.000');
  });

  it('follows the marking as it was raised and lowered, and names each that held', () => {
    const raised = [{ since: LONG_AGO, marking: low }, { since: at('10:00:00'), marking: high }];
    const lowered = [{ since: LONG_AGO, marking: high }, { since: at('10:00:00'), marking: low }];
    const between = [{ since: LONG_AGO, marking: high }, { since: at('10:00:00'), marking: low }, { since: at('10:00:01'), marking: high }];
    expect([raised, lowered, between].map((markings) => police([member()], markings))).toEqual(['part member 11-28T00:00:00.000', 'part member 11-28T10:00:00.000', 'part member 11-28T10:00:00.000']);
    expect(sightOnDay(history([], between), DAY, NEXT).markings).toEqual(['OFFICIAL-SENSITIVE', 'OFFICIAL']);
    expect(sightOnDay(history([], raised), DAY, at('10:00:00')).markings).toEqual(['OFFICIAL']);
    expect(police([member()], [{ since: LONG_AGO, marking: high }])).toBe('no above-ceiling');
    expect(police([member()], [{ since: LONG_AGO, marking: high }, { since: DAY, marking: low }])).toBe('yes member 11-28T00:00:00.000');
    expect(police([member()], [{ since: LONG_AGO, marking: high }, { since: NEXT, marking: low }])).toBe('no above-ceiling');
  });

  it('is nobody before the item was made, its lead neither', () => {
    const later = history([member()], [{ since: NEXT, marking: low }]);
    expect(sightOnDay(later, DAY, NEXT)).toMatchObject({ markings: [], agencies: [{ could: 'no', reason: 'absent' }, { could: 'no', reason: 'absent' }] });
    expect(sightOf('Council', history([], [{ since: at('08:00:00'), marking: low }]))).toMatchObject({ could: 'part', from: at('08:00:00') });
  });

  it.each([
    [null, 'yes member 11-28T00:00:00.000'], [[POLICE], 'yes member 11-28T00:00:00.000'], [[FIRE], 'no not-releasable'], [[], 'no not-releasable'],
  ])('holds to the list of those it may be released to: %j', (releasableTo, expected) => {
    expect(police([member()], [{ since: LONG_AGO, marking: { ...low, releasableTo } }])).toBe(expected);
    // Whoever marked it always may.
    expect(police([member()], [{ since: LONG_AGO, marking: { ...low, releasableTo, originator: POLICE } }])).toBe('yes member 11-28T00:00:00.000');
  });

  it('ends with the agreement, and begins with it', () => {
    expect(police([under({ validTo: DAY })])).toBe('no not-a-member');
    expect(police([under({ validTo: at('06:00:00') })])).toBe('part member 11-28T00:00:00.000');
    expect(police([under({ validFrom: at('06:00:00') })])).toBe('part member 11-28T06:00:00.000');
  });

  it.each([
    ['was suspended before it', [['live', LONG_AGO], ['suspended', JUST_BEFORE]], 'no not-a-member'],
    ['was suspended as it began', [['live', LONG_AGO], ['suspended', DAY]], 'no not-a-member'],
    ['was ended within it', [['live', LONG_AGO], ['ended', at('12:00:00')]], 'part member 11-28T00:00:00.000'],
    ['was ended with its last moment', [['live', LONG_AGO], ['ended', LAST]], 'part member 11-28T00:00:00.000'],
    ['was ended when it was over', [['live', LONG_AGO], ['ended', NEXT]], 'yes member 11-28T00:00:00.000'],
    ['was live again within it', [['suspended', LONG_AGO], ['live', at('12:00:00')]], 'part member 11-28T12:00:00.000'],
    ['was suspended for a moment of it', [['live', LONG_AGO], ['suspended', at('12:00:00')], ['live', at('12:00:00.001')]], 'part member 11-28T00:00:00.000'],
    ['was a draft all along', [['draft', LONG_AGO]], 'no not-a-member'],
  ] as const)('of an agreement that %s', (_, kept, expected) => {
    const statuses = kept.map(([status, since]) => ({ status, since }));
    // What it is now does not matter where what it was is kept.
    for (const status of ['live', 'ended'] as const) expect(police([under({ status }, statuses)])).toBe(expected);
  });

  it.each(['suspended', 'ended', 'draft'] as const)('is not known where it hangs on an agreement that is %s now and whose status of the day is not kept', (status) => {
    const late = [{ since: NEXT, status }];
    expect(sightOf('Police', history([under({ status }, late)]))).toEqual({
      agency: 'Police', could: 'unknown', reason: 'agreement-status', agreement: 'ISA-2026-01', clause: '4.1', purpose: 'Protecting the public', from: null, agreementIsNow: status, roles: [],
    });
    expect(sightOf('Council', history([under({ status }, late)]))).toMatchObject({ could: 'yes', agreementIsNow: null });
    // One that could not have mattered that day is not what it hangs on.
    const past = { ...under({ status: 'ended', reference: 'ISA-2025-01' }, late), validTo: LONG_AGO, validFrom: new Date(0) };
    expect(sightOf('Police', history([past, under({ status }, late)]))).toMatchObject({ could: 'unknown', agreement: 'ISA-2026-01', agreementIsNow: status });
    // It could not have seen it either way.
    expect(police([under({ status, validTo: DAY }, late)])).toBe('no not-a-member');
    expect(police([under({ status }, late)], [{ since: LONG_AGO, marking: high }])).toMatch(/^no /);
  });

  it('names neither agreement nor clause where they are withheld, and says all the same who could', () => {
    const withheld = { ...under({ reference: '' }), clause: { ...clause, code: '', purpose: '', gateway: '' } };
    expect(sightOf('Police', history([withheld]))).toMatchObject({ could: 'yes', reason: 'member', agreement: null, clause: null, purpose: null });
  });
});

it('asks for the roles that work on cases, and never finds more in a part of the day than in the day', () => {
  const { roles } = sightOnDay(history([]), DAY, NEXT);
  expect(roles.length).toBeGreaterThan(0);
  expect(roles.filter((role) => !worksOnCases([role]))).toEqual([]);
  const moment = fc.integer({ min: -24, max: 48 }).map((hour) => new Date(DAY.getTime() + hour * 3_600_000));
  const hour = fc.integer({ min: 0, max: 23 }).map((past) => new Date(DAY.getTime() + past * 3_600_000));
  fc.assert(fc.property(moment, fc.option(moment), moment, hour, (validFrom, validTo, since, from) => {
    const of = history([member({ validFrom, validTo })], [{ since, marking: low }]);
    const couldOn = (first: Date, to: Date): string | undefined => sightOnDay(of, first, to).agencies[1]?.could;
    const [whole, before, after] = [couldOn(DAY, NEXT), couldOn(DAY, from), couldOn(from, NEXT)];
    const parts = from > DAY ? [before, after] : [after];
    const joined = parts.every((one) => one === parts[0]) ? parts[0] : 'part';
    expect(whole).toBe(joined);
  }));
});
