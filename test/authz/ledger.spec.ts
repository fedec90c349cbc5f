import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { NOT_FOUND } from '../../libs/kernel/index.js';
import { absentId, EVERYBODY, SharedCase } from '../builders/joint-case.js';
import { oracleAudits, oracleReadsAccessLog } from './oracle.js';
import { expectLaw, lawOf, mayBe, reply, type Law, type Reply } from './who-may.js';
import { signInAuditor } from '../builders/auditor.js';

const SEARCH = 'query { auditLog(filter: {}, first: 25) { nodes { id verb person agency subjectTitle } pageInfo { endCursor hasNextPage } } }';
const ENTRY = 'query ($id: ID!) { auditEntry(id: $id) { id verb person agency details } }';
const HEAD = '{ ledgerHead { size rootHash signedAt waiting } }';
const CHECK = 'mutation { checkLedger { __typename ... on Refused { code message faults { field message } } ... on LedgerCheck { whole findings { code } } } }';
const ACCESS = 'query ($id: ID!) { accessLog(workspaceId: $id, first: 25) { nodes { id verb person agency } pageInfo { endCursor hasNextPage } } }';
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

  it('shows who touched a case to auditors and to whoever sees that case', async () => {
    const visitor = await shared.as(name);
    const read = (id: string): Promise<Reply> => reply(visitor, ACCESS, { id });
    const permitted = mayBe(name, (person) => oracleReadsAccessLog(law.world, person, law.workspace));
    await expectLaw(shared, name, { verb: 'access-log.read', permitted, attempt: () => read(shared.workspaceId), absent: () => read(absentId()) });
    expect((await read(shared.workspaceId)).text.includes('"nodes":[{')).toBe(permitted);
  });
});
