import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DOCUMENTS, findingInput } from '../builders/case.js';
import { absentId, AUDIENCES, EVERYBODY, SharedCase } from '../builders/joint-case.js';
import { oracleRecordsFinding, oracleSeesItem, oracleSeesWorkspace } from './oracle.js';
import { expectLaw, kindOf, lawOf, mayBe, reply, type Law } from './who-may.js';

let shared: SharedCase;
let law: Law;

beforeAll(async () => {
  shared = await SharedCase.open();
  law = lawOf(shared);
}, 180_000);
afterAll(() => shared.stop(), 30_000);

describe.each(EVERYBODY)('findings before %s', (name) => {
  it('are listed as far as the law shows each of them', async () => {
    const visitor = await shared.as(name);
    const list = (workspaceId: string) => reply(visitor, DOCUMENTS.items, { workspaceId, kind: 'finding', first: 100 });
    const permitted = mayBe(name, (person) => oracleSeesWorkspace(law.world, person, law.workspace));
    await expectLaw(shared, name, { verb: permitted ? 'item.read' : 'workspace.read', permitted, attempt: () => list(shared.workspaceId), absent: () => list(absentId()) });
    const { text } = await list(shared.workspaceId);
    const seen = AUDIENCES.filter((audience) => text.includes(shared.items[audience].finding));
    expect(seen).toEqual(AUDIENCES.filter((audience) => mayBe(name, (person) => oracleSeesItem(law.world, person, law.item(audience)))));
  });

  it.each(AUDIENCES)('are recorded by officers of a council who see the case, for %s', async (audience) => {
    const visitor = await shared.as(name);
    const record = (workspaceId: string) => reply(visitor, DOCUMENTS.recordFinding, { input: findingInput(workspaceId, { marking: shared.markingFor(audience) }) });
    const permitted = mayBe(name, (person) => oracleRecordsFinding(law.world, person, kindOf(person), law.proposal(person, audience)));
    await expectLaw(shared, name, { verb: 'finding.record', permitted, attempt: () => record(shared.workspaceId), absent: () => record(absentId()) });
  });
});
