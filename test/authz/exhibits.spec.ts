import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deposit, newFile, patch, ticketFor, type Ticket } from '../api/evidence-scene.js';
import { absentId, AUDIENCES, EVERYBODY, SharedCase, type Audience } from '../builders/joint-case.js';
import type { Visitor } from '../builders/visitor.js';
import { oracleAddsNote, oracleSeesItem, oracleSeesWorkspace } from './oracle.js';
import { expectLaw, lawOf, mayBe, personOf, reply, type Law, type Reply } from './who-may.js';

const LIST = 'query ($id: ID!) { exhibits(workspaceId: $id, first: 100) { nodes { id reference title } pageInfo { endCursor hasNextPage } } }';
const ONE = 'query ($id: ID!) { exhibit(id: $id) { id title sha256 custody { act by agency } } }';
const REQUEST = `mutation ($input: RequestUploadInput!) { requestUpload(input: $input) { __typename
  ... on UploadTicket { id state } ... on Refused { code message faults { field message } } } }`;
const TICKET = 'query ($id: ID!) { uploadTicket(id: $id) { id state reference } }';

const SHARING = 'query ($id: ID!) { exhibitSharing(id: $id) { id agencies { agency { code } sees seen { person } } } }';
const CHANGED = '{ __typename ... on SharingChanged { id } ... on Refused { code message } }';
const RECALL = `mutation ($input: RecallExhibitInput!) { recallExhibit(input: $input) ${CHANGED} }`;
const SHARE = `mutation ($input: ShareExhibitInput!) { shareExhibit(input: $input) ${CHANGED} }`;

let shared: SharedCase;
let law: Law;
let amira: Visitor;
let amirasTicket: Ticket;
let exhibits: Readonly<Record<Audience, string>>;
let infected: string;
const file = newFile(4_000);

beforeAll(async () => {
  shared = await SharedCase.open();
  law = lawOf(shared);
  amira = await shared.as('amira.rahman');
  const leave = (audience: Audience): Promise<string> => deposit(amira, shared.workspaceId, file, { marking: shared.markingFor(audience) });
  exhibits = { all: await leave('all'), police: await leave('police') };
  infected = await leave('all');
  await shared.world.superuser.query(`INSERT INTO exhibit_scan (item_id, scanned_at, state, code) VALUES ($1, now(), 'infected', 'planted')`, [infected]);
  amirasTicket = await ticketFor(amira, shared.workspaceId, file);
}, 180_000);
afterAll(() => shared.stop(), 30_000);

async function bytes(visitor: Visitor, id: string, as = 'content'): Promise<Reply> {
  const response = await visitor.fetch(`/evidence/${id}/${as}`);
  return { status: response.status, text: Buffer.from(await response.arrayBuffer()).toString('latin1') };
}

async function send(visitor: Visitor, ticket: Pick<Ticket, 'uploadPath'>): Promise<Reply> {
  const response = await patch(visitor, ticket, 0, file);
  return { status: response.status, text: `${await response.text()}${response.headers.get('concordat-exhibit') ?? ''}` };
}

describe.each(EVERYBODY)('exhibits before %s', (name) => {
  it('are listed as far as the law shows each of them', async () => {
    const visitor = await shared.as(name);
    const list = (id: string): Promise<Reply> => reply(visitor, LIST, { id });
    const permitted = mayBe(name, (person) => oracleSeesWorkspace(law.world, person, law.workspace));
    await expectLaw(shared, name, { verb: permitted ? 'exhibit.read' : 'workspace.read', permitted, attempt: () => list(shared.workspaceId), absent: () => list(absentId()) });
    const { text } = await list(shared.workspaceId);
    const seen = AUDIENCES.filter((audience) => text.includes(exhibits[audience]));
    expect(seen).toEqual(AUDIENCES.filter((audience) => mayBe(name, (person) => oracleSeesItem(law.world, person, law.item(audience)))));
  });

  it.each(AUDIENCES)('that are for %s are read, and opened to the very bytes, by who sees them', async (audience) => {
    const visitor = await shared.as(name);
    const permitted = mayBe(name, (person) => oracleSeesItem(law.world, person, law.item(audience)));
    const read = (id: string): Promise<Reply> => reply(visitor, ONE, { id });
    await expectLaw(shared, name, { verb: 'exhibit.read', permitted, attempt: () => read(exhibits[audience]), absent: () => read(absentId()) });
    await expectLaw(shared, name, { verb: 'exhibit.open', permitted, attempt: () => bytes(visitor, exhibits[audience]), absent: () => bytes(visitor, absentId()) });
    const originates = permitted && personOf(name)?.agency === 'ashworth';
    const sharing = (id: string): Promise<Reply> => reply(visitor, SHARING, { id });
    await expectLaw(shared, name, { verb: 'exhibit.sharing', permitted: originates, attempt: () => sharing(exhibits[audience]), absent: () => sharing(absentId()) });
    const sealed = (id: string): Promise<Reply> => bytes(visitor, id, 'sealed');
    await expectLaw(shared, name, { verb: 'exhibit.take-sealed', permitted, attempt: () => sealed(exhibits[audience]), absent: () => sealed(absentId()) });
    if (permitted) expect((await bytes(visitor, exhibits[audience])).text).toBe(file.toString('latin1'));
  });

  it.each(AUDIENCES)('are deposited by who sees the case and what she brings for %s', async (audience) => {
    const visitor = await shared.as(name);
    const marking = shared.markingFor(audience);
    const permitted = mayBe(name, (person) => oracleAddsNote(law.world, person, law.proposal(person, audience)));
    const ask = (workspaceId: string): Promise<Reply> =>
      reply(visitor, REQUEST, { input: { workspaceId, title: 'A video', description: 'Of somebody', fileName: 'a.mp4', sizeBytes: file.length, marking } });
    await expectLaw(shared, name, { verb: 'exhibit.request-upload', permitted, attempt: () => ask(shared.workspaceId), absent: () => ask(absentId()) });
    if (!permitted) return;
    const ticket = await ticketFor(visitor, shared.workspaceId, file, { marking });
    await expectLaw(shared, name, { verb: 'exhibit.deposit', permitted, attempt: () => send(visitor, ticket), absent: () => send(visitor, elsewhere()) });
  });

  it('are recalled from an agency, and shared with it again, by the agency they are from', async () => {
    const visitor = await shared.as(name);
    const permitted = mayBe(name, (person) => oracleSeesItem(law.world, person, law.item('all')) && person.agency === 'ashworth');
    const police = shared.agencies['northmoor-police'] ?? '';
    const attempt = (query: string, more: object) => (id: string): Promise<Reply> => reply(visitor, query, { input: { exhibitId: id, agencyId: police, ...more } });
    for (const [verb, act] of [['exhibit.recall', attempt(RECALL, { reason: 'A mistake' })], ['exhibit.share', attempt(SHARE, {})]] as const) {
      await expectLaw(shared, name, { verb, permitted, attempt: () => act(exhibits.all), absent: () => act(absentId()), cites: false });
    }
  });

  it('in which malware was found are opened for review by a service manager of the agency they are from, and by nobody else', async () => {
    const visitor = await shared.as(name);
    const permitted = mayBe(name, (person) => oracleSeesItem(law.world, person, law.item('all')) && person.agency === 'ashworth' && person.roles.includes('service-manager'));
    const review = (id: string): Promise<Reply> => bytes(visitor, id, 'review');
    await expectLaw(shared, name, { verb: 'exhibit.review', permitted, attempt: () => review(infected), absent: () => review(absentId()) });
  });

  it('are not deposited with the ticket of somebody else, colleague or not', async () => {
    if (name === 'amira.rahman') return;
    const visitor = await shared.as(name);
    await expectLaw(shared, name, { verb: 'exhibit.deposit', permitted: false, attempt: () => send(visitor, amirasTicket), absent: () => send(visitor, elsewhere()) });
    const ask = (id: string): Promise<Reply> => reply(visitor, TICKET, { id });
    await expectLaw(shared, name, { verb: 'exhibit.request-upload', permitted: false, attempt: () => ask(amirasTicket.id), absent: () => ask(absentId()) });
    expect((await reply(amira, TICKET, { id: amirasTicket.id })).text).toContain('"state":"waiting"');
  });
});

const elsewhere = (): Pick<Ticket, 'uploadPath'> => ({ uploadPath: `/evidence/uploads/${absentId()}` });
