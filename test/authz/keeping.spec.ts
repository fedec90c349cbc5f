import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deposit, newFile } from '../api/evidence-scene.js';
import { keep, keeping } from '../api/keeping-scene.js';
import { absentId, AUDIENCES, EVERYBODY, SharedCase, type Audience } from '../builders/joint-case.js';
import { oracleSeesItem, oracleSeesWorkspace } from './oracle.js';
import { expectLaw, lawOf, mayBe, personOf, reply, type Law, type Reply } from './who-may.js';

let shared: SharedCase;
let law: Law;
let exhibits: Readonly<Record<Audience, string>>;

beforeAll(async () => {
  shared = await SharedCase.open();
  law = lawOf(shared);
  exhibits = { all: await leave('amira.rahman', 'all'), police: await leave('amira.rahman', 'police') };
}, 180_000);
afterAll(() => shared.stop(), 30_000);

const leave = async (name: string, audience: Audience): Promise<string> => deposit(await shared.as(name), shared.workspaceId, newFile(10), { marking: shared.markingFor(audience) });
const sees = (name: string, audience: Audience): boolean => mayBe(name, (person) => oracleSeesItem(law.world, person, law.item(audience)));
/** The exhibits are the council's: of those who see one, only its people end it. */
const ends = (name: string, audience: Audience): boolean => sees(name, audience) && personOf(name)?.agency === 'ashworth';
const RULE = { rule: 'council-6', reason: 'Over' };

describe.each(EVERYBODY)('keeping before %s', (name) => {
  it.each(AUDIENCES)('a hold on an exhibit for %s is placed by who sees it', async (audience) => {
    const visitor = await shared.as(name);
    const ask = (exhibitId: string): Promise<Reply> => reply(visitor, keeping('placeHold'), { input: { workspaceId: shared.workspaceId, exhibitId, reason: 'Inquest' } });
    await expectLaw(shared, name, { verb: 'hold.place', permitted: sees(name, audience), attempt: () => ask(exhibits[audience]), absent: () => ask(absentId()) });
  });

  it('a hold on the investigation is placed by who sees it, and lifted by her agency alone', async () => {
    const visitor = await shared.as(name);
    const permitted = mayBe(name, (person) => oracleSeesWorkspace(law.world, person, law.workspace));
    const ask = (workspaceId: string): Promise<Reply> => reply(visitor, keeping('placeHold'), { input: { workspaceId, exhibitId: null, reason: 'Inquest' } });
    await expectLaw(shared, name, { verb: 'hold.place', permitted, attempt: () => ask(shared.workspaceId), absent: () => ask(absentId()) });
    const frank = await keep(await shared.as('frank.moss'), 'placeHold', { workspaceId: shared.workspaceId, reason: 'Fire inquiry' });
    const lift = (id: string): Promise<Reply> => reply(visitor, keeping('liftHold'), { input: { id, reason: 'Over' } });
    if (permitted && personOf(name)?.agency !== 'northmoor-fire') expect((await lift(frank.id ?? '')).text).toContain('placed this hold');
    else await expectLaw(shared, name, { verb: 'hold.lift', permitted, attempt: () => lift(frank.id ?? ''), absent: () => lift(absentId()) });
  });

  it('the holds on the investigation are listed by who sees it', async () => {
    const visitor = await shared.as(name);
    const permitted = mayBe(name, (person) => oracleSeesWorkspace(law.world, person, law.workspace));
    const ask = (id: string): Promise<Reply> => reply(visitor, 'query ($id: ID!) { caseHolds(id: $id) { id reason } }', { id });
    await expectLaw(shared, name, { verb: 'hold.list', permitted, attempt: () => ask(shared.workspaceId), absent: () => ask(absentId()) });
  });

  it.each(AUDIENCES)('an exhibit for %s is kept under a group by people of the agency it is from', async (audience) => {
    const visitor = await shared.as(name);
    const ask = (exhibitId: string): Promise<Reply> => reply(visitor, keeping('setRetention'), { input: { exhibitId, group: 'council-6', reason: 'Closed' } });
    const { data } = await visitor.graphql('query ($id: ID!) { exhibit(id: $id) { can { dispose } } }', { id: exhibits[audience] });
    if (sees(name, audience)) expect({ name, data }).toEqual({ name, data: { exhibit: { can: { dispose: ends(name, audience) } } } });
    await expectLaw(shared, name, { verb: 'retention.set', permitted: ends(name, audience), attempt: () => ask(exhibits[audience]), absent: () => ask(absentId()) });
  });
});

describe.each(EVERYBODY)('disposal before %s', (name) => {
  beforeAll(() => shared.world.superuser.query(`UPDATE evidence_hold SET lifted_by = placed_by, lifted_by_name = 'X', lifted_at = now(), lifted_for = 'X' WHERE lifted_at IS NULL`));

  it.each(AUDIENCES)('of an exhibit for %s is proposed, and decided on another’s proposal, by people of the agency it is from', async (audience) => {
    const visitor = await shared.as(name);
    const permitted = ends(name, audience);
    const [proposer, one, other] = [name === 'tom.bell' ? 'amira.rahman' : 'tom.bell', await leave('amira.rahman', audience), await leave('amira.rahman', audience)];
    const propose = (exhibitId: string): Promise<Reply> => reply(visitor, keeping('proposeDisposal'), { input: { exhibitId, ...RULE } });
    await expectLaw(shared, name, { verb: 'disposal.propose', permitted, attempt: () => propose(one), absent: () => propose(absentId()) });
    await keep(await shared.as(proposer), 'proposeDisposal', { exhibitId: other, ...RULE });
    const decide = (exhibitId: string): Promise<Reply> => reply(visitor, keeping('decideDisposal'), { input: { exhibitId, approve: true, reason: 'Agreed' } });
    await expectLaw(shared, name, { verb: 'disposal.decide', permitted, attempt: () => decide(other), absent: () => decide(absentId()) });
  });
});
