import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { disclosing, SCHEDULE, scheduleOf } from '../api/disclosure-scene.js';
import { deposit, newFile } from '../api/evidence-scene.js';
import { absentId, AUDIENCES, EVERYBODY, SharedCase, type Audience } from '../builders/joint-case.js';
import { oracleSeesItem, oracleSeesWorkspace } from './oracle.js';
import { expectLaw, lawOf, mayBe, personOf, reply, type Law, type Reply } from './who-may.js';

let shared: SharedCase;
let law: Law;
/** By whose they are. */
let exhibits: Readonly<Record<'ashworth' | 'northmoor-police', Readonly<Record<Audience, string>>>>;

beforeAll(async () => {
  shared = await SharedCase.open();
  law = lawOf(shared);
  const leave = async (name: string, audience: Audience): Promise<string> => deposit(await shared.as(name), shared.workspaceId, newFile(10), { marking: shared.markingFor(audience) });
  const both = async (name: string): Promise<Record<Audience, string>> => ({ all: await leave(name, 'all'), police: await leave(name, 'police') });
  exhibits = { ashworth: await both('amira.rahman'), 'northmoor-police': await both('priya.shah') };
}, 180_000);
afterAll(() => shared.stop(), 30_000);

const sees = (name: string, audience: Audience): boolean => mayBe(name, (person) => oracleSeesItem(law.world, person, law.item(audience)));
const inCase = (name: string): boolean => mayBe(name, (person) => oracleSeesWorkspace(law.world, person, law.workspace));
const isLead = (name: string): boolean => personOf(name)?.agency === law.workspace.lead;

describe.each(EVERYBODY)('disclosure before %s', (name) => {
  it('the schedule is read, and a list taken as a document, by who sees the investigation', async () => {
    const visitor = await shared.as(name);
    const read = (id: string): Promise<Reply> => reply(visitor, SCHEDULE, { id });
    await expectLaw(shared, name, { verb: 'disclosure.read', permitted: inCase(name), attempt: () => read(shared.workspaceId), absent: () => read(absentId()) });
    const take = async (id: string): Promise<Reply> => {
      const answer = await visitor.fetch(`/evidence/documents/${id}/exhibits/csv`, { redirect: 'manual' });
      return { status: answer.status, text: await answer.text() };
    };
    await expectLaw(shared, name, { verb: 'document.take', permitted: inCase(name), attempt: () => take(shared.workspaceId), absent: () => take(absentId()) });
  });

  it.each(AUDIENCES)('an exhibit for %s is reviewed by people of the agency that leads or that it is from, and its reviews read by who sees it', async (audience) => {
    const visitor = await shared.as(name);
    for (const owner of ['ashworth', 'northmoor-police'] as const) {
      const id = exhibits[owner][audience];
      const { rows } = await shared.world.superuser.query<{ seen: number }>('SELECT count(*)::int AS seen FROM disclosure_review WHERE item_id = $1', [id]);
      const ask = (exhibitId: string): Promise<Reply> => reply(visitor, disclosing('reviewForDisclosure'), { input: { exhibitId, class: 'used', result: 'served', reason: 'Part of it', seen: rows[0]?.seen } });
      const permitted = sees(name, audience) && (isLead(name) || personOf(name)?.agency === owner);
      await expectLaw(shared, name, { verb: 'disclosure.review', permitted, attempt: () => ask(id), absent: () => ask(absentId()) });
      if (inCase(name)) expect({ name, owner, audience, said: (await scheduleOf(visitor, shared.workspaceId)).lines.find(({ exhibitId }) => exhibitId === id)?.canReview ?? false }).toEqual({ name, owner, audience, said: permitted });
      if (owner !== 'ashworth') continue;
      const read = (one: string): Promise<Reply> => reply(visitor, 'query ($id: ID!) { exhibitDisclosure(id: $id) { reviews { seq } } }', { id: one });
      await expectLaw(shared, name, { verb: 'disclosure.read', permitted: sees(name, audience), attempt: () => read(id), absent: () => read(absentId()) });
    }
  });

  it('the schedule is signed off by people of the agency that leads', async () => {
    const visitor = await shared.as(name);
    const { state } = await scheduleOf(await shared.as('tom.bell'), shared.workspaceId);
    const ask = (workspaceId: string): Promise<Reply> => reply(visitor, disclosing('signDisclosureSchedule'), { input: { workspaceId, statement: 'Whole', state } });
    await expectLaw(shared, name, { verb: 'disclosure.sign', permitted: inCase(name) && isLead(name), attempt: () => ask(shared.workspaceId), absent: () => ask(absentId()) });
  });
});
