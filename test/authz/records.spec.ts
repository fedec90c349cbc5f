import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DOCUMENTS } from '../builders/case.js';
import { absentId, AUDIENCES, CLAUSE, EVERYBODY, SharedCase, type Audience } from '../builders/joint-case.js';
import { oracleAddsNote, oracleClassifies, oracleSeesItem, oracleSeesWorkspace } from './oracle.js';
import { expectLaw, lawOf, mayBe, reply, type Law } from './who-may.js';

let shared: SharedCase;
let law: Law;

beforeAll(async () => {
  shared = await SharedCase.open();
  law = lawOf(shared);
}, 180_000);
afterAll(() => shared.stop(), 30_000);

async function held(audience: Audience): Promise<{ version: number; title: string }> {
  const { rows } = await shared.world.superuser.query<{ version: number; title: string }>('SELECT version, title FROM item WHERE id = $1', [shared.items[audience].record]);
  const [row] = rows;
  if (!row) throw new Error('The record is gone.');
  return row;
}

async function marked(id: string): Promise<{ version: number; handling: string[] }> {
  const { rows } = await shared.world.superuser.query<{ version: number; handling: string[] }>('SELECT version, handling FROM item WHERE id = $1', [id]);
  const [row] = rows;
  if (!row) throw new Error('The note is gone.');
  return row;
}

describe.each(EVERYBODY)('notes before %s', (name) => {
  it.each(AUDIENCES)('that are for %s are read one by one by who sees them, and marked anew by their agency alone', async (audience) => {
    const visitor = await shared.as(name);
    const { note } = shared.items[audience];
    const seen = mayBe(name, (person) => oracleSeesItem(law.world, person, law.item(audience)));
    const read = (id: string) => reply(visitor, DOCUMENTS.item, { id });
    await expectLaw(shared, name, { verb: 'item.read', permitted: seen, attempt: () => read(note), absent: () => read(absentId()) });
    const permitted = mayBe(name, (person) => oracleClassifies(law.world, person, law.item(audience)));
    const before = await marked(note);
    const mark = (id: string) =>
      reply(visitor, DOCUMENTS.classifyItem, {
        input: { id, version: before.version, reason: 'Looked at again', marking: { ...shared.markingFor(audience), handling: before.handling.length > 0 ? [] : ['RECIPIENTS ONLY'] } },
      });
    await expectLaw(shared, name, { verb: 'item.classify', permitted, attempt: () => mark(note), absent: () => mark(absentId()) });
    expect((await marked(note)).version).toBe(before.version + (permitted ? 1 : 0));
  });
});

const OWN_SIGHT = 'query ($id: ID!) { ownSight(id: $id) { id grounds { kind clause } } }';
const AUDIENCE = `query ($id: ID!) { itemAudience(id: $id, from: "2026-01-01T00:00:00Z", to: "2099-01-01T00:00:00Z") { markings agencies { agency could } } }`;

describe.each(EVERYBODY)('why it is seen before %s', (name) => {
  it.each(AUDIENCES)('is said of what is for %s to who sees it, and who else does to its own agency alone', async (audience) => {
    const visitor = await shared.as(name);
    const seen = mayBe(name, (person) => oracleSeesItem(law.world, person, law.item(audience)));
    const owned = mayBe(name, (person) => oracleClassifies(law.world, person, law.item(audience)));
    const { note, record, finding } = shared.items[audience];
    for (const id of [note, record, finding]) {
      const why = (of: string) => reply(visitor, OWN_SIGHT, { id: of });
      await expectLaw(shared, name, { verb: 'item.explain', permitted: seen, attempt: () => why(id), absent: () => why(absentId()) });
      const who = (of: string) => reply(visitor, AUDIENCE, { id: of });
      await expectLaw(shared, name, { verb: 'item.audience', permitted: owned, attempt: () => who(id), absent: () => who(absentId()) });
    }
  });
});

describe.each(EVERYBODY)('what the case is read for before %s', (name) => {
  it('is stated by who sees the case', async () => {
    const visitor = await shared.as(name);
    const permitted = mayBe(name, (person) => oracleSeesWorkspace(law.world, person, law.workspace));
    const state = (workspaceId: string) => reply(visitor, DOCUMENTS.statePurpose, { input: { workspaceId, purpose: CLAUSE.purpose } });
    await expectLaw(shared, name, { verb: 'purpose.state', permitted, attempt: () => state(shared.workspaceId), absent: () => state(absentId()) });
  });
});

describe.each(EVERYBODY)('records before %s', (name) => {
  it.each(AUDIENCES)('are read by who sees what is for %s', async (audience) => {
    const visitor = await shared.as(name);
    const read = (id: string) => reply(visitor, DOCUMENTS.record, { id });
    const permitted = mayBe(name, (person) => oracleSeesItem(law.world, person, law.item(audience)));
    await expectLaw(shared, name, { verb: 'record.read', permitted, attempt: () => read(shared.items[audience].record), absent: () => read(absentId()) });
  });

  it.each(AUDIENCES)('are started by who sees the case and what she writes for %s', async (audience) => {
    const visitor = await shared.as(name);
    const start = (workspaceId: string) =>
      reply(visitor, DOCUMENTS.saveRecord, { input: { workspaceId, title: 'A record', body: 'Of somebody', marking: shared.markingFor(audience) } });
    const permitted = mayBe(name, (person) => oracleAddsNote(law.world, person, law.proposal(person, audience)));
    await expectLaw(shared, name, { verb: 'record.save', permitted, attempt: () => start(shared.workspaceId), absent: () => start(absentId()) });
  });

  it.each(AUDIENCES)('that are for %s are changed by who sees them, and by nobody else', async (audience) => {
    const visitor = await shared.as(name);
    const before = await held(audience);
    const permitted = mayBe(name, (person) => oracleSeesItem(law.world, person, law.item(audience)));
    const save = (id: string) =>
      reply(visitor, DOCUMENTS.saveRecord, {
        input: { id, workspaceId: shared.workspaceId, version: before.version, title: `By ${name}`, body: 'Changed', marking: shared.markingFor(audience) },
      });
    await expectLaw(shared, name, { verb: 'record.save', permitted, attempt: () => save(shared.items[audience].record), absent: () => save(absentId()) });
    expect(await held(audience)).toEqual(permitted ? { version: before.version + 1, title: `By ${name}` } : before);
  });
});
