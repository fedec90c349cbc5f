import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { NOT_FOUND } from '../../libs/kernel/index.js';
import { absentId, AUDIENCES, EVERYBODY, SharedCase } from '../builders/joint-case.js';
import { oracleAudits, oracleManagesAgency, oracleReadsAccessLog, oracleSeesItem } from './oracle.js';
import { expectLaw, lawOf, mayBe, personOf, reply, type Law, type Reply } from './who-may.js';
import { AGENCIES } from '../../src/demonstration/borough.js';
import { perform } from '../builders/case.js';
import { signInAuditor } from '../builders/auditor.js';

const SEARCH = 'query { auditLog(filter: {}, first: 25) { nodes { id verb person agency subjectTitle } pageInfo { endCursor hasNextPage } } }';
const ENTRY = 'query ($id: ID!) { auditEntry(id: $id) { id verb person agency details } }';
const HEAD = '{ ledgerHead { size rootHash signedAt waiting } }';
const CHECK = 'mutation { checkLedger { __typename ... on Refused { code message faults { field message } } ... on LedgerCheck { whole findings { code } } } }';
const ACCESS = 'query ($id: ID!) { accessLog(workspaceId: $id, first: 25) { nodes { id verb person agency } pageInfo { endCursor hasNextPage } } }';
const AGENCY = 'query ($others: Boolean!) { agencyLog(filter: {}, ofOthers: $others, first: 100) { nodes { id verb person agency personId workspaceReference subjectTitle clause concerned { title } } pageInfo { endCursor hasNextPage } } }';
const ITEMS = 'query ($id: ID!) { items(workspaceId: $id) { nodes { id } } }';
const PAST = 'query ($id: ID!) { itemPast(id: $id, at: "2099-01-01T00:00:00Z") { workspaceId marking parts { name value how entry { id person } } invited { id } } }';
const NO_PAGE = { nodes: [], pageInfo: { endCursor: null, hasNextPage: false } };
const UNCHECKED = { checkLedger: { __typename: 'Refused', ...NOT_FOUND } };

let shared: SharedCase;
let law: Law;
let entryId: string;

beforeAll(async () => {
  shared = await SharedCase.open();
  // Only the worker places entries, without which the ledger has no head.
  await shared.world.startWorker();
  await signInAuditor(shared.world);
  law = lawOf(shared);
  // Something of the police, and a reader of it, beside everything of the council's.
  await perform(await shared.as('priya.shah'), 'addNote', { workspaceId: shared.workspaceId, title: 'A visit', body: 'Called.', marking: shared.markingFor('all') });
  for (const name of ['amira.rahman', 'frank.moss']) await (await shared.as(name)).ask(ITEMS, { id: shared.workspaceId });
  const { rows } = await shared.world.superuser.query<{ id: string }>(`SELECT id FROM ledger_entry WHERE verb = 'note.add' LIMIT 1`);
  entryId = rows[0]?.id ?? '';
}, 180_000);
afterAll(() => shared.stop(), 30_000);

describe.each(EVERYBODY)('the ledger before %s', (name) => {
  const audits = mayBe(name, oracleAudits);

  it('is searched by auditors', async () => {
    const visitor = await shared.as(name);
    await expectLaw(shared, name, { verb: 'ledger.search', permitted: audits, attempt: () => reply(visitor, SEARCH, {}), absent: { data: { auditLog: NO_PAGE } } });
  });

  it('is read by auditors, entry by entry and at its head', async () => {
    const visitor = await shared.as(name);
    const read = (id: string): Promise<Reply> => reply(visitor, ENTRY, { id });
    await expectLaw(shared, name, { verb: 'ledger.read', permitted: audits, attempt: () => read(entryId), absent: () => read(absentId()) });
    await expectLaw(shared, name, { verb: 'ledger.read', permitted: audits, attempt: () => reply(visitor, HEAD, {}), absent: { data: { ledgerHead: null } } });
  });

  it('is checked by auditors', async () => {
    const visitor = await shared.as(name);
    await expectLaw(shared, name, { verb: 'ledger.check', permitted: audits, attempt: () => reply(visitor, CHECK, {}), absent: { data: UNCHECKED } });
  });

  it('is read across cases by who manages an agency, of that agency alone', async () => {
    const visitor = await shared.as(name);
    const permitted = mayBe(name, oracleManagesAgency);
    const read = (others: boolean): Promise<Reply> => reply(visitor, AGENCY, { others });
    for (const others of [false, true]) {
      await expectLaw(shared, name, { verb: 'agency-log.read', permitted, attempt: () => read(others), absent: { data: { agencyLog: NO_PAGE } }, cites: false });
      const agencies = [...(await read(others)).text.matchAll(/"agency":"([^"]+)"/g)].map(([, agency = '']) => agency);
      const own = AGENCIES.find(({ code }) => code === personOf(name)?.agency)?.name ?? '';
      expect({ name, others, own: agencies.includes(own), another: agencies.some((agency) => agency !== own) }).toEqual({ name, others, own: permitted && !others, another: permitted && others });
    }
  });

  it('says what an item was to auditors and to whoever sees it now', async () => {
    const visitor = await shared.as(name);
    const read = (id: string): Promise<Reply> => reply(visitor, PAST, { id });
    for (const audience of AUDIENCES) {
      const { note, record, finding } = shared.items[audience];
      for (const id of [note, record, finding]) {
        const permitted = audits || mayBe(name, (person) => oracleSeesItem(law.world, person, law.item(audience)));
        await expectLaw(shared, name, { verb: audits ? 'ledger.read' : 'access-log.read', permitted, attempt: () => read(id), absent: () => read(absentId()) });
        expect((await read(id)).text.includes('"itemPast":{')).toBe(permitted);
      }
    }
  });

  it('shows who touched a case to auditors and to whoever sees that case', async () => {
    const visitor = await shared.as(name);
    const read = (id: string): Promise<Reply> => reply(visitor, ACCESS, { id });
    const permitted = mayBe(name, (person) => oracleReadsAccessLog(law.world, person, law.workspace));
    await expectLaw(shared, name, { verb: 'access-log.read', permitted, attempt: () => read(shared.workspaceId), absent: () => read(absentId()) });
    expect((await read(shared.workspaceId)).text.includes('"nodes":[{')).toBe(permitted);
  });
});
