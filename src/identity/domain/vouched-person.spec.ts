import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { must, Role, type AgencyId } from '../../../libs/kernel/index.js';
import { USUAL_ATTRIBUTES, type AgencyIdp } from './idp.js';
import { vouchedPerson } from './vouched-person.js';

const IDP: AgencyIdp = {
  agencyId: '00000000-0000-4000-8000-000000000001' as AgencyId,
  agencyCode: 'northmoor-police',
  agencyName: 'Northmoor Police',
  entityId: 'https://idp.police.example',
  ssoUrl: 'https://idp.police.example/sso',
  sloUrl: undefined,
  certificates: [],
  authnContexts: [],
  rolesAllowed: [Role.PoliceOfficer, Role.DutyOfficer],
  attributes: USUAL_ATTRIBUTES,
};

const USUAL = { displayName: ['Priya Shah'], mail: ['priya@police.example'], initials: ['ps'], roles: ['police-officer'] };
const vouch = (asserted: Readonly<Record<string, readonly string[]>>) => vouchedPerson('ps-1', new Map(Object.entries({ ...USUAL, ...asserted })), IDP);

describe('the person an agency vouches for', () => {
  it('has the name, address, initials and roles asserted', () => {
    expect(must(vouch({}))).toEqual({ nameId: 'ps-1', displayName: 'Priya Shah', email: 'priya@police.example', initials: 'PS', roles: ['police-officer'] });
  });

  it('is named by given name and surname where there is no display name', () => {
    expect(must(vouch({ displayName: [], givenName: ['Zo\u0065\u0308'], sn: ['de Vries-Ode'], initials: [] }))).toMatchObject({ displayName: 'Zoë de Vries-Ode', initials: 'ZDVO' });
  });

  it.each([[['police-officer duty-officer']], [['police-officer,duty-officer']], [['duty-officer;police-officer', 'police-officer']]])('has each of her roles once, however %j they are written', (roles) => {
    expect(must(vouch({ roles })).roles).toEqual(['duty-officer', 'police-officer']);
  });

  it.each([[[]], [['auditor']], [['administrator', 'fire-officer']], [['Police-Officer']], [['__proto__']], [['']]])('is nobody with the roles %j, none of which this agency may give', (roles) => {
    expect(vouch({ roles })).toMatchObject({ ok: false, error: 'no-role' });
  });

  it.each(['', '   ', 'a'.repeat(201), 'Amira\u202e nahmaR', 'Amira\u200bRahman', 'Amira\u0000', 'Amira\nRahman', 'Amira \ud800', '\ufeffAmira\ufeffR'])('is nobody under the name %j', (name) => {
    expect(vouch({ displayName: [name] })).toMatchObject({ ok: false, error: 'bad-attributes' });
  });

  it.each(['', 'priya', 'a@b@c', 'Priya <p@b.example>', 'p@b.example\nbcc: x@y.example', 'p,q@b.example', `${'a'.repeat(65)}@b.example`])('is kept without the address %j', (mail) => {
    expect(must(vouch({ mail: [mail] })).email).toBeUndefined();
  });

  it('never has a role her agency may not give, whatever is asserted', () => {
    const asserted = fc.array(fc.oneof(fc.string(), fc.constantFrom(...Object.values(Role)), fc.constantFrom('police-officer auditor', 'auditor;duty-officer')));
    fc.assert(
      fc.property(asserted, (roles) => {
        const person = vouch({ roles });
        if (person.ok) for (const role of person.value.roles) expect(IDP.rolesAllowed).toContain(role);
        else expect(person.error).toBe('no-role');
      }),
    );
  });

  it('always has one to four capital letters for her exhibits', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (name, initials) => {
        const person = vouch({ displayName: [name], initials: [initials] });
        if (person.ok) expect(person.value.initials).toMatch(/^[A-Z]{1,4}$/);
      }),
    );
  });
});
