import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DOCUMENTS, openCase } from '../builders/case.js';
import { absentId, EVERYBODY, MEMBERS, SharedCase } from '../builders/joint-case.js';
import { oracleInvitesAgency, oracleSeesWorkspace } from './oracle.js';
import { expectLaw, lawOf, mayBe, reply } from './who-may.js';

let shared: SharedCase;

beforeAll(async () => {
  shared = await SharedCase.open();
}, 180_000);
afterAll(() => shared.stop(), 30_000);

async function membersOf(workspaceId: string): Promise<string[]> {
  const { rows } = await shared.world.superuser.query<{ code: string }>(
    'SELECT a.code FROM workspace_member m JOIN agency a ON a.id = m.agency_id WHERE m.workspace_id = $1 ORDER BY a.code',
    [workspaceId],
  );
  return rows.map(({ code }) => code);
}

describe.each(EVERYBODY)('members of an investigation before %s', (name) => {
  it('are shown to whoever sees the investigation', async () => {
    const visitor = await shared.as(name);
    const law = lawOf(shared);
    const read = (id: string) => reply(visitor, 'query ($id: ID!) { workspace(id: $id) { members { agency { code } clause purpose } } }', { id });
    const permitted = mayBe(name, (person) => oracleSeesWorkspace(law.world, person, law.workspace));
    await expectLaw(shared, name, { verb: 'workspace.read', permitted, attempt: () => read(shared.workspaceId), absent: () => read(absentId()) });
  });

  it.each(['northmoor-health', 'wexcombe'])('grow by %s only through people of the lead agency under an agreement that binds both', async (invited) => {
    const { id } = await openCase(await shared.world.signIn('amira.rahman'), MEMBERS);
    const law = lawOf({ workspaceId: id });
    const visitor = await shared.as(name);
    const invite = (workspaceId: string) =>
      reply(visitor, DOCUMENTS.inviteAgency, { input: { workspaceId, agencyId: shared.agencies[invited], clauseId: shared.clauses['4.1'] } });
    const permitted = mayBe(name, (person) => oracleInvitesAgency(law.world, person, law.workspace, invited));
    // Of the lead's own people, one whose guest the agreement does not bind sees the case and is told what is wrong.
    const isLead = mayBe(name, (person) => oracleInvitesAgency(law.world, person, law.workspace, 'northmoor-health'));
    if (isLead && !permitted) expect((await invite(id)).text).toContain('"code":"invalid"');
    else await expectLaw(shared, name, { verb: 'member.invite', permitted, attempt: () => invite(id), absent: () => invite(absentId()) });
    expect(await membersOf(id)).toEqual(['ashworth', ...MEMBERS, ...(permitted ? [invited] : [])].sort());
  });
});
