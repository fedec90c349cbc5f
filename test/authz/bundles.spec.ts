import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PEOPLE } from '../../src/demonstration/borough.js';
import { deposit, formToken, newFile } from '../api/evidence-scene.js';
import { absentId, AUDIENCES, EVERYBODY, NOBODY, SharedCase, type Audience } from '../builders/joint-case.js';
import { OpenedBundle } from '../builders/opened-bundle.js';
import type { Visitor } from '../builders/visitor.js';
import { oracleSeesItem, oracleSeesWorkspace } from './oracle.js';
import { expectLaw, lawOf, mayBe, type Law, type Reply } from './who-may.js';

let shared: SharedCase;
let law: Law;
let exhibits: Readonly<Record<Audience, string>>;

beforeAll(async () => {
  shared = await SharedCase.open();
  // Otherwise each bundle waits for signatures that nobody makes.
  await shared.world.startWorker();
  law = lawOf(shared);
  const amira = await shared.as('amira.rahman');
  const leave = (audience: Audience): Promise<string> => deposit(amira, shared.workspaceId, newFile(400), { marking: shared.markingFor(audience) });
  exhibits = { all: await leave('all'), police: await leave('police') };
}, 180_000);
afterAll(() => shared.stop(), 30_000);

async function make(visitor: Visitor, name: string, workspaceId: string, chosen: readonly string[]): Promise<Reply & { readonly octets: Buffer }> {
  const displayName = PEOPLE.find(({ userName }) => userName === name)?.displayName ?? '';
  const csrf = name === NOBODY ? 'x' : await formToken(shared.world, displayName);
  const body = new URLSearchParams({ csrf, scope: chosen.length === 0 ? 'all' : 'chosen', recipients: 'The court', reason: 'A trial' });
  for (const id of chosen) body.append('exhibits', id);
  // The place of the bundle before is free a moment after its last byte.
  for (;;) {
    const response = await visitor.fetch(`/evidence/bundles/${workspaceId}`, { method: 'POST', body });
    const octets = Buffer.from(await response.arrayBuffer());
    const isBundle = response.headers.get('content-type') === 'application/zip';
    const text = isBundle ? (await OpenedBundle.open(octets)).text('bundle.json') : octets.toString();
    if (!text.includes('A bundle of yours is being written already')) return { status: response.status, text, octets };
  }
}

describe.each(EVERYBODY)('a bundle made by %s', (name) => {
  it('holds every exhibit that the law shows her, and no trace of another', async () => {
    const visitor = await shared.as(name);
    const permitted = mayBe(name, (person) => oracleSeesWorkspace(law.world, person, law.workspace));
    await expectLaw(shared, name, { verb: 'bundle.make', permitted, attempt: () => make(visitor, name, shared.workspaceId, []), absent: () => make(visitor, name, absentId(), []) });
    if (!permitted) return;
    const { octets } = await make(visitor, name, shared.workspaceId, []);
    const seen = AUDIENCES.filter((audience) => mayBe(name, (person) => oracleSeesItem(law.world, person, law.item(audience))));
    expect((await OpenedBundle.open(octets)).recorded().exhibits.map(({ id }) => id).sort()).toEqual(seen.map((audience) => exhibits[audience]).sort());
    for (const audience of AUDIENCES) expect({ audience, named: octets.includes(exhibits[audience]) }).toEqual({ audience, named: seen.includes(audience) });
  }, 60_000);

  it.each(AUDIENCES)('of an exhibit that is for %s is made by who may open it', async (audience) => {
    const visitor = await shared.as(name);
    const permitted = mayBe(name, (person) => oracleSeesItem(law.world, person, law.item(audience)));
    await expectLaw(shared, name, {
      verb: 'bundle.make', permitted,
      attempt: () => make(visitor, name, shared.workspaceId, [exhibits[audience]]),
      absent: () => make(visitor, name, shared.workspaceId, [absentId()]),
    });
  }, 60_000);
});
