import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Role, type AgreementId, type WorkspaceId } from '../kernel/index.js';
import { allowed, decide } from './decide.js';
import type { AgreementFacts, ClauseFacts, Facts, MembershipFacts } from './facts.js';
import type { Marking } from './marking.js';
import { VERBS, isAnonymous, type Verb } from './verbs.js';
import { AGENCIES, actor, arbitraryActor, arbitraryFacts } from './worlds.builder.js';

const [COUNCIL = fail(), POLICE = fail(), FIRE = fail(), STRANGER = fail()] = AGENCIES;
const AT = new Date('2026-11-21T09:00:00Z');
const ALL_VERBS = Object.keys(VERBS) as Verb[];
const agreement: AgreementFacts = {
  id: '00000000-0000-4000-8000-000000002001' as AgreementId,
  reference: 'ISA-2026-01',
  status: 'live',
  validFrom: new Date('2026-01-01'),
  validTo: new Date('2028-12-31'),
  parties: [COUNCIL, POLICE, FIRE],
  ceiling: { tier: 1, sensitive: true },
};
const clause: ClauseFacts = { agreementId: agreement.id, code: '4.1', purpose: 'Protecting the public', gateway: 'CDA115' };
const memberOf = (agencyId: typeof COUNCIL, change: Partial<MembershipFacts> = {}): MembershipFacts => ({
  agencyId, agreement, clause, validFrom: new Date('2026-11-01'), validTo: null, ...change,
});
const item: Marking = { tier: 1, sensitive: true, descriptors: ['PERSONAL DATA'], handling: [], originator: COUNCIL, releasableTo: null };
const facts: Facts = {
  at: AT,
  agencyKind: 'council',
  workspace: {
    id: '00000000-0000-4000-8000-000000003001' as WorkspaceId,
    leadAgencyId: COUNCIL,
    level: { tier: 1, sensitive: true },
    memberships: [memberOf(POLICE), memberOf(FIRE)],
  },
  item,
};
const officer = actor(COUNCIL, [Role.EnvironmentalHealthOfficer]);
const constable = actor(POLICE, [Role.PoliceOfficer]);
const fireOfficer = actor(FIRE, [Role.FireOfficer]);
const effect = (...asked: Parameters<typeof decide>): string => {
  const { effect: outcome, reasons } = decide(...asked);
  return `${outcome} ${reasons.join(' ')}`;
};
const withMember = (change: Partial<MembershipFacts>): Facts => ({
  ...facts, workspace: { ...(facts.workspace ?? fail()), memberships: [memberOf(POLICE, change)] },
});

describe('denial by default', () => {
  it('denies an unknown verb to everybody', () => {
    fc.assert(
      fc.property(fc.option(arbitraryActor, { nil: undefined }), fc.string(), arbitraryFacts, (who, verb, known) => {
        fc.pre(!Object.hasOwn(VERBS, verb));
        expect(effect(who, verb, known)).toBe('deny unknown-verb');
      }),
      { examples: [[officer, '__proto__', facts], [officer, 'constructor', facts], [officer, 'item.read ', facts]] },
    );
  });

  it.each(ALL_VERBS)('denies %s to nobody and to a person without roles, unless it leads to signing in', (verb) => {
    const expected = isAnonymous(verb) ? 'permit' : 'deny';
    expect(decide(undefined, verb, facts).effect).toBe(expected);
    expect(decide(actor(COUNCIL, []), verb, { ...facts, ownerAgencyId: COUNCIL }).effect).toBe(expected);
    expect(decide(actor(COUNCIL, ['chief-of-everything' as Role]), verb, facts).effect).toBe(expected);
  });

  it('never permits less known facts: what is left out is not assumed', () => {
    const about: Verb[] = ['workspace.read', 'item.read', 'record.read', 'exhibit.read', 'exhibit.open', 'note.add', 'member.invite'];
    for (const verb of about) {
      expect(effect(officer, verb, { at: AT })).toBe('deny unknown-facts');
      expect(decide(officer, verb, { at: AT, item }).effect).toBe('deny');
    }
  });

  it('gives an auditor and an administrator no case', () => {
    for (const verb of ['workspace.read', 'item.read', 'note.add', 'exhibit.open', 'workspace.search', 'alert.read'] as const) {
      expect(effect(actor(COUNCIL, [Role.Auditor, Role.Administrator]), verb, facts)).toBe('deny no-grant');
    }
    expect(effect(actor(STRANGER, [Role.Auditor]), 'ledger.search', { at: AT })).toBe('permit own-role');
    expect(effect(officer, 'ledger.search', { at: AT })).toBe('deny no-grant');
  });
});

describe('seeing', () => {
  it('cites the clause a member reads under, and the marking', () => {
    expect(decide(constable, 'item.read', facts)).toEqual({
      effect: 'permit',
      reasons: ['member'],
      obligations: [
        { kind: 'record', category: 'consultation' },
        { kind: 'cite', agreement: 'ISA-2026-01', clause: '4.1', purpose: 'Protecting the public', gateway: 'CDA115' },
        { kind: 'mark', marking: 'OFFICIAL-SENSITIVE - PERSONAL DATA' },
      ],
    });
    expect(effect(officer, 'item.read', facts)).toBe('permit lead-agency');
  });

  it.each<[string, Facts]>([
    ['before the membership begins', withMember({ validFrom: new Date(AT.getTime() + 1) })],
    ['from the moment it ends', withMember({ validTo: AT })],
    ['under a draft', withMember({ agreement: { ...agreement, status: 'draft' } })],
    ['under a suspended agreement', withMember({ agreement: { ...agreement, status: 'suspended' } })],
    ['under an ended agreement', withMember({ agreement: { ...agreement, status: 'ended' } })],
    ['from the moment the agreement expires', withMember({ agreement: { ...agreement, validTo: AT } })],
    ['before the agreement begins', withMember({ agreement: { ...agreement, validFrom: new Date(AT.getTime() + 1) } })],
    ['when no party itself', withMember({ agreement: { ...agreement, parties: [COUNCIL, FIRE] } })],
    ['when the lead agency is no party', withMember({ agreement: { ...agreement, parties: [POLICE, FIRE] } })],
    ['under a clause of another agreement', withMember({ clause: { ...clause, agreementId: 'other' as AgreementId } })],
    ['when the workspace is marked above the agreement', withMember({ agreement: { ...agreement, ceiling: { tier: 1, sensitive: false } } })],
    ['as a stranger', { ...facts, workspace: { ...(facts.workspace ?? fail()), memberships: [] } }],
  ])('is denied %s', (_, known) => {
    expect(effect(constable, 'workspace.read', known)).toBe('deny not-a-member');
    expect(effect(constable, 'item.read', known)).toBe('deny not-a-member');
  });

  it('stops at the ceiling of the agreement and of the deployment', () => {
    const low = { ...agreement, ceiling: { tier: 1, sensitive: false } } as const;
    const open = { ...withMember({ agreement: low }).workspace, level: low.ceiling } as NonNullable<Facts['workspace']>;
    expect(effect(constable, 'item.read', { ...facts, workspace: open })).toBe('deny above-ceiling');
    expect(effect(constable, 'workspace.read', { ...facts, workspace: open })).toBe('permit member');
    expect(effect(officer, 'item.read', { ...facts, item: { ...item, tier: 2, sensitive: false } })).toBe('deny above-ceiling');
  });

  it('keeps a police note marked for police and council from the fire officer', () => {
    const note: Facts = { ...facts, item: { ...item, originator: POLICE, releasableTo: [COUNCIL, POLICE] } };
    expect(effect(fireOfficer, 'item.read', note)).toBe('deny not-releasable');
    expect(effect(officer, 'item.read', note)).toBe('permit lead-agency');
    expect(effect(officer, 'item.read', { ...facts, item: { ...item, originator: POLICE, releasableTo: [POLICE] } })).toBe('deny not-releasable');
  });
});

describe('acting', () => {
  it('opens a workspace only for a council, marked in its own name', () => {
    expect(effect(officer, 'workspace.open', { at: AT, agencyKind: 'council', proposed: item })).toBe('permit own-role');
    expect(effect(officer, 'workspace.open', { at: AT, agencyKind: 'police' })).toBe('deny not-a-council');
    expect(effect(officer, 'workspace.open', { at: AT })).toBe('deny not-a-council');
    expect(effect(officer, 'workspace.open', { at: AT, agencyKind: 'council', proposed: { ...item, originator: POLICE } })).toBe('deny not-the-originator');
    expect(effect(constable, 'workspace.open', { at: AT, agencyKind: 'council' })).toBe('deny no-grant');
  });

  it('invites only for the lead, under a live agreement between the two', () => {
    const invitation = { agencyId: FIRE, agreement, clause };
    expect(effect(officer, 'member.invite', { ...facts, invitation })).toBe('permit lead-agency');
    expect(effect(constable, 'member.invite', { ...facts, invitation })).toBe('deny not-the-lead');
    expect(effect(officer, 'member.invite', { ...facts, invitation: { ...invitation, agencyId: STRANGER } })).toBe('deny no-agreement');
    expect(effect(officer, 'member.invite', { ...facts, invitation: { ...invitation, agencyId: COUNCIL } })).toBe('deny no-agreement');
    expect(effect(officer, 'member.invite', { ...facts, invitation: { ...invitation, agreement: { ...agreement, status: 'ended' } } })).toBe('deny no-agreement');
  });

  it('lets only the originator lower a record', () => {
    const proposed = { ...item, descriptors: [] };
    expect(effect(officer, 'record.save', { ...facts, proposed })).toBe('permit lead-agency');
    expect(effect(officer, 'item.classify', { ...facts, proposed, origin: null })).toBe('permit lead-agency');
    expect(effect(officer, 'item.classify', { ...facts, proposed })).toBe('deny unknown-facts');
    expect(effect(constable, 'item.classify', { ...facts, proposed: { ...item, handling: ['RECIPIENTS ONLY'] } })).toBe('deny not-the-originator');
    expect(effect(officer, 'item.classify', { ...facts, proposed: { ...item, originator: POLICE }, origin: null })).toBe('deny not-the-originator');
    expect(effect(constable, 'record.save', { ...facts, proposed })).toBe('deny not-the-originator');
    expect(effect(constable, 'record.save', { ...facts, proposed: { ...item, handling: ['RECIPIENTS ONLY'] } })).toBe('permit member');
    expect(effect(officer, 'record.save', { ...facts, proposed: { ...item, originator: POLICE } })).toBe('deny not-the-originator');
    expect(effect(constable, 'record.save', { ...facts, proposed: { ...item, releasableTo: [COUNCIL] } })).toBe('deny not-releasable');
  });

  it('lets nobody give up by a copy what the thing it was made of keeps, and tells nobody what a thing out of her sight keeps', () => {
    const lowered = { ...item, descriptors: [] };
    const origin = { ...item, originator: POLICE };
    for (const verb of ['item.classify', 'exhibit.share', 'exhibit.deposit', 'exhibit.record-physical'] as const) {
      expect(effect(officer, verb, { ...facts, proposed: lowered, origin })).toBe('deny not-the-originator');
      expect(effect(officer, verb, { ...facts, proposed: lowered, origin: { ...origin, descriptors: [] } })).toBe('permit lead-agency');
      expect(effect(officer, verb, { ...facts, proposed: lowered, origin: 'out-of-sight' })).toBe('deny not-the-originator');
      expect(effect(officer, verb, { ...facts, proposed: { ...item, handling: ['RECIPIENTS ONLY'] }, origin: 'out-of-sight' })).toBe('permit lead-agency');
    }
  });

  it('acknowledges only as duty officer, an alert of the own agency, about what is still in sight', () => {
    const duty = actor(POLICE, [Role.DutyOfficer]);
    expect(effect(duty, 'alert.acknowledge', { ...facts, ownerAgencyId: POLICE })).toBe('permit member');
    expect(effect(duty, 'alert.acknowledge', { ...facts, ownerAgencyId: FIRE })).toBe('deny not-own-agency');
    expect(effect(duty, 'alert.acknowledge', { ...withMember({ validTo: AT }), ownerAgencyId: POLICE })).toBe('deny not-a-member');
    expect(effect(constable, 'alert.acknowledge', { ...facts, ownerAgencyId: POLICE })).toBe('deny no-grant');
    expect(effect(constable, 'alert.read', { ...facts, ownerAgencyId: POLICE })).toBe('permit member');
  });
});

describe('having an exhibit read again', () => {
  it('is for auditors, whatever case it is of, and for nobody who works on cases or administers', () => {
    const auditor = actor(STRANGER, [Role.Auditor]);
    for (const verb of ['exhibit.prove', 'proof.follow'] as const) {
      expect(effect(auditor, verb, { at: AT })).toBe('permit own-role');
      for (const other of [officer, constable, actor(COUNCIL, [Role.Administrator]), actor(COUNCIL, [Role.ServiceManager])]) {
        expect(effect(other, verb, facts)).toBe('deny no-grant');
      }
    }
  });

  it('lets no auditor read the exhibit, hold it, or say a word of its disclosure', () => {
    const auditor = actor(COUNCIL, [Role.Auditor]);
    for (const verb of ['exhibit.read', 'exhibit.open', 'hold.place', 'hold.list', 'offer.list', 'disclosure.read', 'disclosure.review', 'disclosure.sign', 'document.take'] as const) {
      expect(effect(auditor, verb, facts)).toBe('deny no-grant');
    }
  });
});

describe('disclosure', () => {
  const theirs: Facts = { ...facts, item: { ...item, originator: POLICE } };
  const secret: Facts = { ...facts, item: { ...item, originator: POLICE, releasableTo: [POLICE] } };

  it('is reviewed by the agency that leads, and by the one the exhibit is from', () => {
    expect(effect(officer, 'disclosure.review', facts)).toBe('permit lead-agency');
    expect(effect(officer, 'disclosure.review', theirs)).toBe('permit lead-agency');
    expect(effect(constable, 'disclosure.review', theirs)).toBe('permit member');
    expect(effect(constable, 'disclosure.review', facts)).toBe('deny not-the-originator');
    expect(effect(fireOfficer, 'disclosure.review', theirs)).toBe('deny not-the-originator');
  });

  it('of what the leading agency may not see is not the leading agency’s', () => {
    expect(effect(officer, 'disclosure.review', secret)).toBe('deny not-releasable');
    expect(effect(constable, 'disclosure.review', secret)).toBe('permit member');
  });

  it('is read, and taken as a document, by whoever sees the investigation, and signed off by the lead alone', () => {
    const whole: Facts = { ...facts, item: undefined };
    for (const verb of ['disclosure.read', 'document.take'] as const) expect([effect(officer, verb, whole), effect(constable, verb, whole)]).toEqual(['permit lead-agency', 'permit member']);
    expect([effect(officer, 'disclosure.sign', whole), effect(constable, 'disclosure.sign', whole)]).toEqual(['permit lead-agency', 'deny not-the-lead']);
    expect(effect(officer, 'disclosure.sign', { at: AT })).toBe('deny unknown-facts');
    expect(effect(constable, 'disclosure.read', withMember({ validTo: AT }))).toBe('deny not-a-member');
  });
});

describe('adding a restriction', () => {
  const tightened: readonly (readonly [string, (known: Facts) => Facts])[] = [
    ['a narrower release', (known) => (known.item ? { ...known, item: { ...known.item, releasableTo: [] } } : known)],
    ['a higher marking', (known) => (known.item ? { ...known, item: { ...known.item, tier: 3, sensitive: false } } : known)],
    ['a higher workspace', (known) => (known.workspace ? { ...known, workspace: { ...known.workspace, level: { tier: 1, sensitive: true } } } : known)],
    ['no membership', (known) => (known.workspace ? { ...known, workspace: { ...known.workspace, memberships: [] } } : known)],
    ['an ended agreement', (known) => endAgreements(known)],
    ['a later end', (known) => ({ ...known, at: new Date('2099-01-01') })],
  ];

  it.each(tightened)('as %s never lets anybody read what was denied before', (_, tighten) => {
    const reading: Verb[] = ['workspace.read', 'item.read', 'record.read', 'exhibit.read', 'exhibit.open', 'alert.read', 'access-log.read'];
    fc.assert(
      fc.property(arbitraryActor, fc.constantFrom(...reading), arbitraryFacts, (who, verb, known) => {
        fc.pre(known.workspace?.level.tier !== 2 && known.workspace?.level.tier !== 3);
        if (decide(who, verb, known).effect === 'deny' && begun(known)) expect(decide(who, verb, tighten(known)).effect).toBe('deny');
      }),
      { numRuns: 500 },
    );
  });
});

describe('a set of things', () => {
  it('comes back as exactly those decided one by one, in order', () => {
    fc.assert(
      fc.property(arbitraryActor, fc.constantFrom(...ALL_VERBS), fc.array(arbitraryFacts), (who, verb, things) => {
        expect(allowed(who, verb, things)).toEqual(things.filter((thing) => decide(who, verb, thing).effect === 'permit'));
      }),
    );
    expect(allowed(officer, 'no.such-verb', [facts])).toEqual([]);
  });
});

/** Time alone may also begin something: only when everything has begun is a later moment a restriction. */
function begun({ at, workspace }: Facts): boolean {
  return (workspace?.memberships ?? []).every((one) => one.validFrom <= at && one.agreement.validFrom <= at);
}

function endAgreements(known: Facts): Facts {
  if (!known.workspace) return known;
  const memberships = known.workspace.memberships.map((one) => ({ ...one, agreement: { ...one.agreement, status: 'ended' as const } }));
  return { ...known, workspace: { ...known.workspace, memberships } };
}

function fail(): never {
  throw new Error('The set of agencies is too small');
}
