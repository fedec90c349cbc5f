import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DOCUMENTS } from '../builders/case.js';
import { absentId, AUDIENCES, EVERYBODY, SharedCase } from '../builders/joint-case.js';
import { oracleAddsNote, oracleSeesItem, oracleSeesWorkspace } from './oracle.js';
import { expectLaw, lawOf, mayBe, reply, type Law } from './who-may.js';

let shared: SharedCase;
let law: Law;

beforeAll(async () => {
  shared = await SharedCase.open();
  law = lawOf(shared);
}, 180_000);
afterAll(() => shared.stop(), 30_000);

describe.each(EVERYBODY)('notes before %s', (name) => {
  it('are listed as far as the law shows each of them', async () => {
    const visitor = await shared.as(name);
    const list = (workspaceId: string) => reply(visitor, DOCUMENTS.items, { workspaceId, kind: 'note', first: 100 });
    const permitted = mayBe(name, (person) => oracleSeesWorkspace(law.world, person, law.workspace));
    // The list is entered by leave to read the workspace; what was shown in it is recorded as items read.
    await expectLaw(shared, name, { verb: permitted ? 'item.read' : 'workspace.read', permitted, attempt: () => list(shared.workspaceId), absent: () => list(absentId()) });
    const { text } = await list(shared.workspaceId);
    const seen = AUDIENCES.filter((audience) => text.includes(shared.items[audience].note));
    expect(seen).toEqual(AUDIENCES.filter((audience) => mayBe(name, (person) => oracleSeesItem(law.world, person, law.item(audience)))));
  });

  it.each(AUDIENCES)('are added by who sees the case and what she writes for %s', async (audience) => {
    const visitor = await shared.as(name);
    const add = (workspaceId: string) =>
      reply(visitor, DOCUMENTS.addNote, { input: { workspaceId, title: 'A note', body: 'Of somebody', marking: shared.markingFor(audience) } });
    // Nobody may mark away her own agency: her own name is added to those she names.
    const permitted = mayBe(name, (person) => oracleAddsNote(law.world, person, law.proposal(person, audience)));
    await expectLaw(shared, name, { verb: 'note.add', permitted, attempt: () => add(shared.workspaceId), absent: () => add(absentId()) });
  });
});
