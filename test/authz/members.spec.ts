import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DOCUMENTS, openCase } from '../builders/case.js';
import { absentId, EVERYBODY, MEMBERS, SharedCase } from '../builders/joint-case.js';
import { oracleEndsMembership, oracleInvitesAgency, oracleSeesWorkspace } from './oracle.js';
import { expectLaw, lawOf, mayBe, reply } from './who-may.js';

let shared: SharedCase;

beforeAll(async () => {
  shared = await SharedCase.open();
}, 180_000);
afterAll(() => shared.stop(), 30_000);

async function membersOf(workspaceId: string): Promise<string[]> {
  const { rows } = await shared.world.superuser.query<{ code: string }>(
    'SELECT a.code FROM workspace_member m JOIN agency a ON a.id = m.agency_id WHERE m.workspace_id = $1 AND m.valid_to IS NULL ORDER BY a.code',
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

  it.each(['northmoor-fire', 'ashworth'])('lose %s only by people of the lead agency or its own, and never the one that leads', async (leaving) => {
    const { id } = await openCase(await shared.world.signIn('amira.rahman'), MEMBERS);
    const law = lawOf({ workspaceId: id });
    const visitor = await shared.as(name);
    const end = (workspaceId: string) => reply(visitor, DOCUMENTS.endMembership, { input: { workspaceId, agencyId: shared.agencies[leaving], reason: 'Nothing more to do' } });
    const permitted = mayBe(name, (person) => oracleEndsMembership(law.world, person, law.workspace, leaving));
    await expectLaw(shared, name, { verb: 'member.end', permitted, attempt: () => end(id), absent: () => end(absentId()) });
    expect(await membersOf(id)).toEqual(['ashworth', ...MEMBERS].filter((code) => !permitted || code !== leaving).sort());
  });
});

describe('the database lets a membership end', () => {
  /** How many rows a statement changed, or why none: as the application for somebody of this agency, nothing of it kept. */
  async function changed(code: string, set: string, whose: string): Promise<string> {
    const { superuser } = shared.world;
    await superuser.query('BEGIN; SET LOCAL ROLE concordat_app');
    await superuser.query(
      `SELECT set_config('concordat.person', $1, true), set_config('concordat.agency', $2, true), set_config('concordat.roles', 'police-officer', true), set_config('concordat.at', $3, true)`,
      [absentId(), shared.agencies[code], new Date().toISOString()],
    );
    const said = await superuser.query(`UPDATE workspace_member SET ${set} WHERE workspace_id = $1 AND agency_id = $2`, [shared.workspaceId, shared.agencies[whose]])
      .then(({ rowCount }) => `${rowCount ?? 0}`, (fault: unknown) => String(fault));
    await superuser.query('ROLLBACK');
    return /row-level security|permission denied/.exec(said)?.[0] ?? said;
  }

  const NOW = 'valid_to = (SELECT law.moment())';

  it.each([
    ['by the agency that leads', 'ashworth', NOW, 'northmoor-fire', '1'],
    ['by itself', 'northmoor-fire', NOW, 'northmoor-fire', '1'],
    ['not by another member', 'northmoor-police', NOW, 'northmoor-fire', '0'],
    ['not by a stranger', 'wexcombe', NOW, 'northmoor-fire', '0'],
    ['never of the agency that leads', 'ashworth', NOW, 'ashworth', '0'],
    ['at no later time', 'ashworth', `valid_to = (SELECT law.moment()) + interval '1 day'`, 'northmoor-fire', 'row-level security'],
    ['at no earlier time', 'ashworth', `valid_to = (SELECT law.moment()) - interval '1 day'`, 'northmoor-fire', 'row-level security'],
    ['and nothing else of it change', 'ashworth', 'valid_from = (SELECT law.moment())', 'northmoor-fire', 'permission denied'],
  ])('%s', async (_, by, set, whose, said) => {
    expect(await changed(by, set, whose)).toBe(said);
  });
});
