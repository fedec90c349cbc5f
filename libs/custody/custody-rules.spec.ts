import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CustodyAct, custodyState, nextEvent, objectionTo, recordableActs, referenceOfPart, type CustodyEvent, type CustodyPerson, type ExhibitForm, type SaidAct } from './index.js';

const AMIRA = { id: 'amira', name: 'Amira Rahman', agency: 'ashworth', agencyName: 'Ashworth Borough Council' };
const TOM = { ...AMIRA, id: 'tom', name: 'Tom Bell' };
const PRIYA = { id: 'priya', name: 'Priya Shah', agency: 'police', agencyName: 'Northmoor Police' };
const FRANK = { id: 'frank', name: 'Frank Moss', agency: 'fire', agencyName: 'Northmoor Fire' };
const AT = new Date('2026-11-28T14:05:00Z');

type Step = Omit<SaidAct, 'at' | 'by'> & { readonly by?: CustodyPerson };

/** A chain told step by step; fails where the rules object to one. */
function told(form: ExhibitForm, ...steps: readonly Step[]): CustodyEvent[] {
  const events: CustodyEvent[] = [];
  for (const step of steps) {
    expect(objection(form, events, step)).toBeUndefined();
    events.push(nextEvent(events.at(-1), { exhibit: 'x', at: AT, by: AMIRA, ...step }));
  }
  return events;
}

function objection(form: ExhibitForm, events: readonly CustodyEvent[], step: Step): string | undefined {
  const found = objectionTo(custodyState(form, events), { at: AT, by: AMIRA, ...step });
  return found && `${found.field}: ${found.message}`;
}

const SEIZED: Step = { act: CustodyAct.Seized, location: 'The kitchen', sealAfter: 'B123' };
const OFFERED: Step = { act: CustodyAct.Offered, to: 'Northmoor Police', toAgency: 'police' };
const ACCEPTED: Step = { act: CustodyAct.Accepted, by: PRIYA, sealBefore: 'B123' };

describe('who holds an exhibit', () => {
  it('is whoever took it, until a transfer is accepted: an offer alone moves nothing', () => {
    const state = (...steps: readonly Step[]): unknown => custodyState('physical', told('physical', ...steps)).holder?.name;
    expect(state(SEIZED)).toBe('Amira Rahman');
    expect(state(SEIZED, OFFERED)).toBe('Amira Rahman');
    expect(state(SEIZED, OFFERED, { act: CustodyAct.Declined, by: PRIYA, reason: 'No room' })).toBe('Amira Rahman');
    expect(state(SEIZED, OFFERED, { act: CustodyAct.Withdrawn, by: TOM })).toBe('Amira Rahman');
    expect(state(SEIZED, OFFERED, ACCEPTED)).toBe('Priya Shah');
    expect(state(SEIZED, OFFERED, ACCEPTED, { act: CustodyAct.Returned, by: PRIYA, to: 'The owner' })).toBeUndefined();
  });

  it('is told with where it is, what seal it bears and what is offered', () => {
    expect(custodyState('physical', told('physical', SEIZED, OFFERED))).toMatchObject({ seal: 'B123', location: 'The kitchen', offer: { toAgency: 'police', by: { name: 'Amira Rahman' } } });
    expect(custodyState('physical', told('physical', SEIZED, { act: CustodyAct.Opened, sealBefore: 'B123' })).seal).toBeUndefined();
    expect(custodyState('file', told('file', { act: CustodyAct.Deposited }, { act: CustodyAct.Opened, by: PRIYA }))).toMatchObject({ holder: { name: 'Amira Rahman' }, seal: undefined });
  });
});

describe('what the rules object to', () => {
  it.each<[string, ExhibitForm, readonly Step[], Step, RegExp]>([
    ['an acceptance of what was not offered', 'physical', [SEIZED], ACCEPTED, /not offered to anybody/],
    ['one by another agency than it was offered to', 'physical', [SEIZED, OFFERED], { ...ACCEPTED, by: FRANK }, /offered to Northmoor Police, not to your agency/],
    ['one by who offered it, within one agency', 'physical', [SEIZED, { act: CustodyAct.Offered, to: 'Ashworth', toAgency: 'ashworth' }], { act: CustodyAct.Accepted, sealBefore: 'B123' }, /Somebody else must answer/],
    ['one without the seal as it was read', 'physical', [SEIZED, OFFERED], { act: CustodyAct.Accepted, by: PRIYA }, /^sealBefore: Enter the number/],
    ['one with another seal and no word why', 'physical', [SEIZED, OFFERED], { ...ACCEPTED, sealBefore: 'B999' }, /^reason: The last seal recorded is B123/],
    ['a second acceptance', 'physical', [SEIZED, OFFERED, ACCEPTED], ACCEPTED, /not offered to anybody/],
    ['an offer by who does not hold it', 'physical', [SEIZED], { ...OFFERED, by: PRIYA }, /^act: Amira Rahman of Ashworth Borough Council holds it/],
    ['a second offer before the first is answered', 'physical', [SEIZED, OFFERED], OFFERED, /Withdraw the offer first/],
    ['a withdrawal by another agency', 'physical', [SEIZED, OFFERED], { act: CustodyAct.Withdrawn, by: PRIYA }, /Only somebody of that agency can withdraw/],
    ['a withdrawal of nothing', 'physical', [SEIZED], { act: CustodyAct.Withdrawn }, /not offered to anybody/],
    ['declining without a word why', 'physical', [SEIZED, OFFERED], { act: CustodyAct.Declined, by: PRIYA }, /^reason:/],
    ['opening a seal without saying which', 'physical', [SEIZED], { act: CustodyAct.Opened }, /^sealBefore: Enter the number of the seal that was broken/],
    ['opening another seal than it bears', 'physical', [SEIZED], { act: CustodyAct.Opened, sealBefore: 'B124' }, /^sealBefore: The last seal recorded is B123/],
    ['opening what bears no seal', 'physical', [{ act: CustodyAct.Seized }], { act: CustodyAct.Opened, sealBefore: 'B1' }, /bears no seal/],
    ['sealing what is sealed', 'physical', [SEIZED], { act: CustodyAct.Sealed, sealAfter: 'B124' }, /bears seal B123/],
    ['sealing without a number', 'physical', [{ act: CustodyAct.Seized }], { act: CustodyAct.Sealed }, /^sealAfter:/],
    ['taking something out of a sealed thing', 'physical', [SEIZED], { act: CustodyAct.Divided }, /Record that it was opened/],
    ['handling it while it is on offer', 'physical', [SEIZED, OFFERED], { act: CustodyAct.Examined, reason: 'A look' }, /is offered to Northmoor Police/],
    ['an examination without a word of it', 'file', [{ act: CustodyAct.Deposited }], { act: CustodyAct.Examined }, /^reason:/],
    ['a seal found otherwise without a word why', 'physical', [{ act: CustodyAct.Seized }], { ...ACCEPTED, by: AMIRA, act: CustodyAct.Examined, reason: '' }, /^reason:/],
    ['sealing a file', 'file', [{ act: CustodyAct.Deposited }], { act: CustodyAct.Sealed, sealAfter: 'B1' }, /is a file/],
    ['receiving what somebody holds', 'physical', [SEIZED], { act: CustodyAct.Received, from: 'A friend' }, /by an offer that is accepted/],
    ['receiving it from nobody', 'physical', [], { act: CustodyAct.Received }, /^from:/],
    ['seizing it twice', 'physical', [SEIZED], SEIZED, /held already/],
    ['returning it to nobody', 'physical', [SEIZED], { act: CustodyAct.Returned }, /^to:/],
    ['handling what was given back', 'physical', [SEIZED, { act: CustodyAct.Returned, to: 'The owner' }], { act: CustodyAct.Examined, reason: 'A look' }, /Nobody in this investigation holds it/],
    ['disposing of what is on offer', 'physical', [SEIZED, OFFERED], { act: CustodyAct.Disposed }, /Withdraw the offer first/],
    ['disposing of a thing that another agency has', 'physical', [SEIZED, OFFERED, ACCEPTED], { act: CustodyAct.Disposed }, /Priya Shah of Northmoor Police holds it\. Ask for it back/],
    ['a time to come', 'physical', [SEIZED], { act: CustodyAct.Examined, reason: 'A look', happenedAt: new Date(AT.getTime() + 1) }, /^happenedAt:/],
  ])('%s', (_, form, steps, step, words) => {
    expect(objection(form, told(form, ...steps), step)).toMatch(words);
  });

  it('everything after its disposal, whatever it is and whoever does it', () => {
    const gone = told('physical', SEIZED, { act: CustodyAct.Disposed });
    fc.assert(
      fc.property(fc.constantFrom(...Object.values(CustodyAct)), fc.constantFrom(AMIRA, PRIYA, FRANK), (act, by) => {
        expect(objection('physical', gone, { ...ACCEPTED, ...OFFERED, from: 'x', reason: 'x', act, by })).toMatch(/was disposed of/);
      }),
    );
    expect(recordableActs(custodyState('physical', gone), 'ashworth')).toEqual([]);
  });
});

describe('what may be disposed of', () => {
  it('is a thing that one’s own agency has or nobody has any more, and a file whoever holds it', () => {
    const disposed: Step = { act: CustodyAct.Disposed };
    expect(objection('physical', told('physical', SEIZED), { ...disposed, by: TOM })).toBeUndefined();
    expect(objection('physical', told('physical', SEIZED, OFFERED, ACCEPTED), { ...disposed, by: PRIYA })).toBeUndefined();
    expect(objection('physical', told('physical', SEIZED, { act: CustodyAct.Returned, to: 'The owner' }), disposed)).toBeUndefined();
    const handedOver = told('file', { act: CustodyAct.Deposited }, OFFERED, { act: CustodyAct.Accepted, by: PRIYA });
    expect(objection('file', handedOver, disposed)).toBeUndefined();
  });
});

describe('a seal found to be another', () => {
  it('is accounted for by an examination, and can then be opened', () => {
    const events = told('physical', SEIZED, { act: CustodyAct.Examined, sealBefore: 'B999', reason: 'Resealed by the laboratory' }, { act: CustodyAct.Opened, sealBefore: 'B999' }, { act: CustodyAct.Sealed, sealAfter: 'C1' });
    expect(custodyState('physical', events).seal).toBe('C1');
  });
});

describe('what may be recorded', () => {
  it('is offered exactly where the rules do not object to a full account of it', () => {
    const chains = [told('physical'), told('physical', SEIZED), told('physical', SEIZED, OFFERED), told('physical', { act: CustodyAct.Seized }), told('physical', SEIZED, OFFERED, ACCEPTED), told('physical', SEIZED, { act: CustodyAct.Returned, to: 'x' })];
    for (const events of [...chains, told('file', { act: CustodyAct.Deposited })]) {
      const form = events[0]?.act === CustodyAct.Deposited ? 'file' : 'physical';
      for (const by of [AMIRA, PRIYA]) {
        const state = custodyState(form, events);
        const full = { by, at: AT, from: 'x', to: 'x', reason: 'x', sealBefore: state.seal, sealAfter: 'N1' };
        const acts = [CustodyAct.Received, CustodyAct.Sealed, CustodyAct.Opened, CustodyAct.Examined, CustodyAct.Copied, CustodyAct.Returned] as const;
        const allowed = acts.filter((act) => !(form === 'file' && act === CustodyAct.Opened) && objectionTo(state, { ...full, act }) === undefined);
        expect(recordableActs(state, by.agency)).toEqual(allowed);
      }
    }
  });
});

describe('the reference of what is made of an exhibit', () => {
  it('keeps its root, and goes three steps down and no further', () => {
    expect([referenceOfPart('AR/1', 2), referenceOfPart('AR/1/2', 1), referenceOfPart('AR/1/2/1', 7), referenceOfPart('AR/1/2/1/7', 1), referenceOfPart('no reference', 1)]).toEqual(['AR/1/2', 'AR/1/2/1', 'AR/1/2/1/7', undefined, undefined]);
  });
});
