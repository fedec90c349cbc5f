import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { act, thing } from '../api/custody-scene.js';
import { deposit, newFile } from '../api/evidence-scene.js';
import { absentId, AUDIENCES, EVERYBODY, SharedCase, type Audience } from '../builders/joint-case.js';
import { oracleAddsNote, oracleSeesItem, oracleWorksOnCases } from './oracle.js';
import { expectLaw, lawOf, mayBe, personOf, reply, type Law, type Reply } from './who-may.js';

const REFUSED = '... on Refused { code message faults { field message } }';
const RECORD = `mutation ($input: RecordCustodyInput!) { recordCustody(input: $input) { __typename ... on CustodyRecorded { id } ${REFUSED} } }`;
const OFFER = `mutation ($input: OfferCustodyInput!) { offerCustody(input: $input) { __typename ... on CustodyRecorded { id } ${REFUSED} } }`;
const ANSWER = `mutation ($input: AnswerCustodyInput!) { answerCustodyOffer(input: $input) { __typename ... on CustodyRecorded { id } ${REFUSED} } }`;
const PHYSICAL = `mutation ($input: RecordPhysicalInput!) { recordPhysicalExhibit(input: $input) { __typename ... on CustodyRecorded { reference } ${REFUSED} } }`;

let shared: SharedCase;
let law: Law;
let exhibits: Readonly<Record<Audience, string>>;

beforeAll(async () => {
  shared = await SharedCase.open();
  law = lawOf(shared);
  const amira = await shared.as('amira.rahman');
  const leave = (audience: Audience): Promise<string> => deposit(amira, shared.workspaceId, newFile(10), { marking: shared.markingFor(audience) });
  exhibits = { all: await leave('all'), police: await leave('police') };
}, 180_000);
afterAll(() => shared.stop(), 30_000);

const sees = (name: string, audience: Audience): boolean => mayBe(name, (person) => oracleSeesItem(law.world, person, law.item(audience)));

/** A thing of the council's, offered to this person's agency by somebody else; to the police, where she has none in this case. */
async function offeredTo(name: string, audience: Audience): Promise<string> {
  const giver = await shared.as(name === 'amira.rahman' ? 'tom.bell' : 'amira.rahman');
  const { id } = await act(giver, 'recordPhysicalExhibit', thing(shared.workspaceId, { marking: shared.markingFor(audience) }));
  const agency = sees(name, audience) ? (personOf(name)?.agency ?? '') : 'northmoor-police';
  expect((await act(giver, 'offerCustody', { exhibitId: id, agencyId: shared.agencies[agency] })).code).toBeUndefined();
  return id;
}

describe.each(EVERYBODY)('custody before %s', (name) => {
  it.each(AUDIENCES)('of an exhibit for %s is added to by who sees it', async (audience) => {
    const visitor = await shared.as(name);
    const ask = (exhibitId: string): Promise<Reply> => reply(visitor, RECORD, { input: { exhibitId, act: 'examined', reason: 'A look' } });
    await expectLaw(shared, name, { verb: 'custody.record', permitted: sees(name, audience), attempt: () => ask(exhibits[audience]), absent: () => ask(absentId()) });
  });

  it.each(AUDIENCES)('of an exhibit for %s is offered by who sees it and whose agency holds it', async (audience) => {
    const visitor = await shared.as(name);
    const permitted = sees(name, audience);
    const own = permitted ? await deposit(visitor, shared.workspaceId, newFile(10), { marking: shared.markingFor(audience) }) : exhibits[audience];
    const ask = (exhibitId: string): Promise<Reply> => reply(visitor, OFFER, { input: { exhibitId, agencyId: shared.agencies['northmoor-police'] } });
    await expectLaw(shared, name, { verb: 'custody.offer', permitted, attempt: () => ask(own), absent: () => ask(absentId()) });
    if (permitted && personOf(name)?.agency !== 'ashworth') expect((await ask(exhibits[audience])).text).toContain('Ashworth Borough Council holds it');
  });

  it.each(AUDIENCES)('of a thing for %s that was offered waits in the list of who sees it and whose agency it was offered to', async (audience) => {
    const visitor = await shared.as(name);
    const offered = await offeredTo(name, audience);
    const list = (): Promise<Reply> => reply(visitor, '{ custodyOffers { id } }', {});
    const told = { name, audience, listed: (await list()).text.includes(offered) };
    expect(told).toEqual({ name, audience, listed: sees(name, audience) });
    // An empty list consults nothing, and leaves no entry of somebody who may ask for it.
    if (told.listed || !mayBe(name, oracleWorksOnCases)) await expectLaw(shared, name, { verb: 'offer.list', permitted: told.listed, attempt: list, absent: { data: { custodyOffers: [] } }, cites: false });
  });

  it.each(AUDIENCES)('of a thing for %s is accepted by who sees it and whose agency it was offered to', async (audience) => {
    const visitor = await shared.as(name);
    const offered = await offeredTo(name, audience);
    const ask = (exhibitId: string): Promise<Reply> => reply(visitor, ANSWER, { input: { exhibitId, answer: 'accept', sealBefore: 'B123' } });
    await expectLaw(shared, name, { verb: 'custody.answer', permitted: sees(name, audience), attempt: () => ask(offered), absent: () => ask(absentId()) });
  });

  it.each(AUDIENCES)('of a thing for %s is begun by who sees the case and what she brings', async (audience) => {
    const visitor = await shared.as(name);
    const permitted = mayBe(name, (person) => oracleAddsNote(law.world, person, law.proposal(person, audience)));
    const ask = (workspaceId: string): Promise<Reply> => reply(visitor, PHYSICAL, { input: thing(workspaceId, { marking: shared.markingFor(audience) }) });
    await expectLaw(shared, name, { verb: 'exhibit.record-physical', permitted, attempt: () => ask(shared.workspaceId), absent: () => ask(absentId()) });
  });
});
