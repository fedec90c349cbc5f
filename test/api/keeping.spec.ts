import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { agencyIds, openCase } from '../builders/case.js';
import type { Visitor } from '../builders/visitor.js';
import { startWorld, type World } from '../builders/world.js';
import { eventually } from './alert-case.js';
import { act, thing } from './custody-scene.js';
import { deposit, newFile, request } from './evidence-scene.js';
import { keep, keepingOf } from './keeping-scene.js';

let world: World;
let amira: Visitor;
let tom: Visitor;
let priya: Visitor;
let agencies: Readonly<Record<string, string>>;
let workspaceId: string;

beforeAll(async () => {
  world = await startWorld();
  [amira, tom, priya] = [await world.signIn('amira.rahman'), await world.signIn('tom.bell'), await world.signIn('priya.shah')];
  agencies = await agencyIds(amira);
  workspaceId = (await openCase(amira, ['northmoor-police'])).id;
}, 180_000);
afterAll(() => world.stop());

const WHY = { rule: 'council-6', reason: 'No proceedings, and the period is over' };
const propose = (who: Visitor, exhibitId: string): ReturnType<typeof keep> => keep(who, 'proposeDisposal', { exhibitId, ...WHY });
const approve = (who: Visitor, exhibitId: string): ReturnType<typeof keep> => keep(who, 'decideDisposal', { exhibitId, approve: true, reason: 'Agreed' });

/** A page of the review queue. */
interface Queue {
  readonly count: number;
  readonly nodes: readonly { readonly id: string }[];
  readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
}

/** The key of an exhibit's body and how many packets open it. */
async function stored(id: string): Promise<{ blob: string; packets: number }> {
  const { rows } = await world.superuser.query<{ blob: string; packets: number }>(
    'SELECT blob_key AS blob, (SELECT count(*)::int FROM exhibit_packet p WHERE p.item_id = x.item_id) AS packets FROM exhibit x WHERE item_id = $1', [id]);
  return rows[0] ?? { blob: '', packets: -1 };
}

/** Everything that lies in the store, by the end of its name. */
function bodies(): string {
  return readdirSync(world.env['CONCORDAT_DATA'] ?? '', { recursive: true }).join('\n');
}

describe('a disposal', () => {
  it('is proposed by one and approved by another of the agency, destroys every packet and the body, and leaves a certificate', async () => {
    const exhibit = await deposit(amira, workspaceId, newFile(5_000));
    await (await priya.fetch(`/evidence/${exhibit}/content`)).arrayBuffer();
    const before = await stored(exhibit);
    expect(before.packets).toBeGreaterThan(0);
    expect(bodies()).toContain(before.blob);
    expect(await propose(priya, exhibit)).toMatchObject({ code: 'not-found' });
    expect((await propose(amira, exhibit)).id).toBeDefined();
    expect(await propose(tom, exhibit)).toMatchObject({ code: 'conflict', message: expect.stringContaining('proposed already') });
    expect(await keepingOf(amira, exhibit)).toMatchObject({ disposal: { state: 'proposed', certificatePath: null }, can: { decide: false } });
    expect(await approve(amira, exhibit)).toMatchObject({ code: 'conflict', message: expect.stringContaining('Somebody else') });
    expect((await stored(exhibit)).packets).toBe(before.packets);
    expect((await approve(tom, exhibit)).id).toBeDefined();
    expect((await stored(exhibit)).packets).toBe(0);
    expect(bodies()).not.toContain(before.blob);
    expect(await keepingOf(priya, exhibit)).toMatchObject({ contentPath: null, holder: null, disposal: { state: 'approved' }, can: { acts: [], dispose: false } });
    expect((await keepingOf(priya, exhibit)).custody.at(-1)).toMatchObject({ act: 'disposed', reason: expect.stringContaining('Proposed by Amira Rahman') });
  });

  it('is answered with plain words by whatever gave the file before, and with the certificate', async () => {
    const exhibit = await deposit(amira, workspaceId, newFile(50));
    expect((await amira.fetch(`/evidence/${exhibit}/certificate`)).status).toBe(404);
    await propose(amira, exhibit);
    await approve(tom, exhibit);
    for (const path of ['content', 'sealed', 'sealed?form=outside']) {
      const gone = await priya.fetch(`/evidence/${exhibit}/${path}`);
      expect({ path, status: gone.status, text: await gone.text() }).toEqual({ path, status: 410, text: expect.stringContaining('was disposed of: every key to it and the file itself are destroyed') });
    }
    const paper = await priya.fetch(`/evidence/${exhibit}/certificate`);
    expect([paper.status, paper.headers.get('concordat-marking')]).toEqual([200, 'OFFICIAL-SENSITIVE']);
    expect(await paper.text()).toMatch(/Certificate of disposal[^]*Approved by: +Tom Bell/);
    expect((await (await world.signIn('sam.stone')).fetch(`/evidence/${exhibit}/certificate`)).status).toBe(404);
    expect(await request(amira, workspaceId, { derivedFrom: exhibit, relation: 'redacted' })).toMatchObject({ faults: [{ field: 'input.derivedFrom' }] });
    expect(await propose(amira, exhibit)).toMatchObject({ code: 'conflict', message: expect.stringContaining('was disposed of') });
  });

  it('ends sharing and recalling: nothing is left to share, and no line follows the last of the chain', async () => {
    const exhibit = await deposit(amira, workspaceId, newFile(50));
    await propose(amira, exhibit);
    await approve(tom, exhibit);
    const input = { exhibitId: exhibit, agencyId: agencies['northmoor-police'] };
    for (const [field, type, more] of [['shareExhibit', 'ShareExhibitInput', {}], ['recallExhibit', 'RecallExhibitInput', { reason: 'Too late' }]] as const) {
      const told = await amira.ask<Record<string, { code?: string; message?: string }>>(
        `mutation ($input: ${type}!) { ${field}(input: $input) { ... on SharingChanged { id } ... on Refused { code message } } }`,
        { input: { ...input, ...more } },
      );
      expect(told[field]).toMatchObject({ code: 'conflict', message: expect.stringContaining('disposed of') });
    }
    expect((await keepingOf(amira, exhibit)).custody.at(-1)?.act).toBe('disposed');
    expect((await stored(exhibit)).packets).toBe(0);
  });

  it('is rejected with a reason, and proposed again', async () => {
    const exhibit = await deposit(amira, workspaceId, newFile(50));
    await propose(amira, exhibit);
    expect(await keep(tom, 'decideDisposal', { exhibitId: exhibit, approve: false, reason: '' })).toMatchObject({ faults: [{ field: 'input.reason' }] });
    await keep(tom, 'decideDisposal', { exhibitId: exhibit, approve: false, reason: 'Wait for the appeal' });
    expect(await keepingOf(amira, exhibit)).toMatchObject({ disposal: { state: 'rejected' }, contentPath: expect.any(String), can: { dispose: true } });
    expect(await approve(tom, exhibit)).toMatchObject({ code: 'conflict' });
    expect((await propose(tom, exhibit)).id).toBeDefined();
    expect((await approve(amira, exhibit)).id).toBeDefined();
  });

  it('of a thing on a shelf ends its chain; not of one that is on offer, and not under a rule that is none', async () => {
    const { id } = await act(amira, 'recordPhysicalExhibit', thing(workspaceId));
    expect(await keep(amira, 'proposeDisposal', { exhibitId: id, rule: 'mopi-9', reason: 'x' })).toMatchObject({ faults: [{ field: 'input.rule' }] });
    await act(amira, 'offerCustody', { exhibitId: id, agencyId: agencies['northmoor-police'] });
    expect(await propose(amira, id)).toMatchObject({ code: 'conflict', message: expect.stringContaining('Withdraw the offer first') });
    await act(amira, 'answerCustodyOffer', { exhibitId: id, answer: 'withdraw' });
    await propose(amira, id);
    await approve(tom, id);
    expect((await keepingOf(amira, id)).custody.at(-1)?.act).toBe('disposed');
  });

  it('leaves nobody a packet that was being given at that moment, nor one put in afterwards', async () => {
    const exhibit = await deposit(amira, workspaceId, newFile(50));
    await world.superuser.query('DELETE FROM exhibit_packet WHERE item_id = $1 AND agency_id = $2', [exhibit, agencies['northmoor-police']]);
    await propose(amira, exhibit);
    await Promise.all([approve(tom, exhibit), ...Array.from({ length: 6 }, async () => (await priya.fetch(`/evidence/${exhibit}/content`)).arrayBuffer())]);
    expect((await stored(exhibit)).packets).toBe(0);
    await world.superuser.query(
      `INSERT INTO exhibit_packet (item_id, agency_id, key_fingerprint, packet, added_at) SELECT $1, agency_id, fingerprint, 'x', now() FROM agency_key LIMIT 1`, [exhibit]);
    expect((await stored(exhibit)).packets).toBe(0);
  });
});

describe('a hold', () => {
  it('of any agency that sees the exhibit keeps its owner from disposing of it, until that agency lifts it', async () => {
    const exhibit = await deposit(amira, workspaceId, newFile(50));
    await propose(amira, exhibit);
    const hold = await keep(priya, 'placeHold', { workspaceId, exhibitId: exhibit, reason: 'Appeal' });
    expect((await keepingOf(tom, exhibit)).holds).toEqual([expect.objectContaining({ onAll: false, agency: 'Northmoor Police', reason: 'Appeal' })]);
    expect(await approve(tom, exhibit)).toMatchObject({ code: 'conflict', message: expect.stringContaining('Northmoor Police holds it') });
    expect(await keep(tom, 'liftHold', { id: hold.id, reason: 'Over' })).toMatchObject({ code: 'conflict', message: expect.stringContaining('Northmoor Police placed this hold') });
    expect(await keep(await world.signIn('sam.stone'), 'liftHold', { id: hold.id, reason: 'Over' })).toMatchObject({ code: 'not-found' });
    expect((await keep(priya, 'liftHold', { id: hold.id, reason: 'Over' })).id).toBe(hold.id);
    expect(await keep(priya, 'liftHold', { id: hold.id, reason: 'Over' })).toMatchObject({ code: 'not-found' });
    expect((await approve(tom, exhibit)).id).toBeDefined();
  });

  it('on the investigation holds every exhibit of it, those to come included', async () => {
    const other = (await openCase(amira)).id;
    const first = await deposit(amira, other, newFile(50));
    const hold = await keep(amira, 'placeHold', { workspaceId: other, reason: 'Inquiry' });
    const second = await deposit(amira, other, newFile(50));
    for (const exhibit of [first, second]) expect(await propose(tom, exhibit)).toMatchObject({ code: 'conflict', message: expect.stringContaining('holds it') });
    await keep(tom, 'liftHold', { id: hold.id, reason: 'Over' });
    expect((await propose(tom, first)).id).toBeDefined();
  });
});

describe('a hold that could keep nothing', () => {
  it('is not placed: on what is no exhibit, on one of another investigation, or on what was disposed of', async () => {
    const exhibit = await deposit(amira, workspaceId, newFile(50));
    const { addNote } = await amira.ask<{ addNote: { id: string } }>(
      'mutation ($input: AddNoteInput!) { addNote(input: $input) { ... on Item { id } } }', { input: { workspaceId, title: 'A', body: 'B', marking: { sensitive: true, descriptors: [], handling: [] } } });
    expect(await keep(priya, 'placeHold', { workspaceId, exhibitId: addNote.id, reason: 'Appeal' })).toMatchObject({ code: 'not-found' });
    const elsewhere = (await openCase(amira)).id;
    expect(await keep(amira, 'placeHold', { workspaceId: elsewhere, exhibitId: exhibit, reason: 'Appeal' })).toMatchObject({ code: 'not-found' });
    await propose(amira, exhibit);
    await approve(tom, exhibit);
    expect(await keep(priya, 'placeHold', { workspaceId, exhibitId: exhibit, reason: 'Appeal' })).toMatchObject({ code: 'conflict', message: expect.stringContaining('was disposed of') });
    const { rows } = await world.superuser.query('SELECT FROM evidence_hold WHERE item_id = ANY ($1)', [[exhibit, addNote.id]]);
    expect(rows).toEqual([]);
  });

  it('is placed so often and no more, so that nobody buries the holds of others under hers', async () => {
    const exhibit = await deposit(amira, workspaceId, newFile(50));
    const place = (who: Visitor): ReturnType<typeof keep> => keep(who, 'placeHold', { workspaceId, exhibitId: exhibit, reason: 'Appeal' });
    await world.superuser.query(
      `INSERT INTO evidence_hold (id, workspace_id, item_id, reason, agency_id, agency_name, placed_by, placed_by_name, placed_at)
       SELECT gen_random_uuid(), $1, $2, 'Appeal', agency_id, 'Northmoor Police', id, display_name, now() FROM person, generate_series(1, 19) WHERE display_name = 'Priya Shah'`, [workspaceId, exhibit]);
    expect((await place(priya)).id).toBeDefined();
    expect(await place(priya)).toMatchObject({ code: 'conflict', message: expect.stringContaining('20 holds') });
    expect((await place(amira)).id).toBeDefined();
  });
});

describe('a hold and a disposal that meet', () => {
  const waiting = (): Promise<true> => eventually('one waiting for the other', async () => {
    const { rows } = await world.superuser.query(`SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`);
    return rows.length > 0 ? true : undefined;
  });

  it('come one after the other: who approves while a hold is being placed finds it placed', async () => {
    const exhibit = await deposit(amira, workspaceId, newFile(50));
    await propose(amira, exhibit);
    const other = new Client({ connectionString: world.database.superuserUrl });
    await other.connect();
    await other.query('BEGIN');
    await other.query(
      `INSERT INTO evidence_hold (id, workspace_id, item_id, reason, agency_id, agency_name, placed_by, placed_by_name, placed_at)
       SELECT gen_random_uuid(), $1, $2, 'Appeal', agency_id, 'Northmoor Police', id, display_name, now() FROM person WHERE display_name = 'Priya Shah'`, [workspaceId, exhibit]);
    const approved = approve(tom, exhibit);
    await waiting();
    await other.query('COMMIT');
    await other.end();
    expect(await approved).toMatchObject({ code: 'conflict', message: expect.stringContaining('Northmoor Police holds it') });
    expect((await stored(exhibit)).packets).toBeGreaterThan(0);
  });

  it('and of both at once exactly one is done', async () => {
    for (let round = 0; round < 4; round += 1) {
      const exhibit = await deposit(amira, workspaceId, newFile(50));
      await propose(amira, exhibit);
      const [held, approved] = await Promise.all([keep(priya, 'placeHold', { workspaceId, exhibitId: exhibit, reason: 'Appeal' }), approve(tom, exhibit)]);
      expect([held.id, approved.id].filter((id) => id !== undefined)).toHaveLength(1);
      expect((await stored(exhibit)).packets === 0).toBe(approved.id !== undefined);
    }
  });

  it('are kept apart by the database too, whatever the application has asked', async () => {
    const [held, gone] = [await deposit(amira, workspaceId, newFile(50)), await deposit(amira, workspaceId, newFile(50))];
    for (const exhibit of [held, gone]) await propose(amira, exhibit);
    await keep(priya, 'placeHold', { workspaceId, exhibitId: held, reason: 'Appeal' });
    await approve(tom, gone);
    const approving = world.superuser.query(
      `UPDATE disposal SET decided_by = p.id, decided_by_name = 'X', decided_at = now(), approved = true, decided_for = 'X' FROM person p WHERE p.display_name = 'Tom Bell' AND item_id = $1`, [held]);
    await expect(approving).rejects.toThrow('What is under a hold is not disposed of');
    const holding = world.superuser.query(
      `INSERT INTO evidence_hold (id, workspace_id, item_id, reason, agency_id, agency_name, placed_by, placed_by_name, placed_at)
       SELECT gen_random_uuid(), $1, $2, 'X', agency_id, 'X', id, 'X', now() FROM person WHERE display_name = 'Priya Shah'`, [workspaceId, gone]);
    await expect(holding).rejects.toThrow('What was disposed of cannot be held');
  });
});

describe('a thing on the shelf of another agency', () => {
  it('is not disposed of by the one it is from before it has come back', async () => {
    const { id } = await act(amira, 'recordPhysicalExhibit', thing(workspaceId));
    await act(amira, 'offerCustody', { exhibitId: id, agencyId: agencies['northmoor-police'] });
    expect((await act(priya, 'answerCustodyOffer', { exhibitId: id, answer: 'accept', sealBefore: 'B123' })).code).toBeUndefined();
    expect(await propose(amira, id)).toMatchObject({ code: 'conflict', message: expect.stringContaining('Priya Shah of Northmoor Police holds it') });
  });
});

describe('retention', () => {
  it('is not set of what was disposed of, and not to a day that nobody lives to see', async () => {
    const exhibit = await deposit(amira, workspaceId, newFile(50));
    const set = (more: object): ReturnType<typeof keep> => keep(amira, 'setRetention', { exhibitId: exhibit, group: 'council-6', reason: 'Closed', ...more });
    expect(await set({ reviewOn: '9999-12-31' })).toMatchObject({ faults: [{ field: 'input.reviewOn', message: expect.stringContaining('within 100 years') }] });
    await propose(amira, exhibit);
    await approve(tom, exhibit);
    expect(await set({})).toMatchObject({ code: 'conflict', message: expect.stringContaining('was disposed of') });
  });

  it('puts an exhibit into a group with a day of review, and lists those whose day has come to their own agency', async () => {
    const exhibit = await deposit(amira, workspaceId, newFile(50));
    const queue = async (who: Visitor): Promise<readonly string[]> => (await who.ask<{ exhibitsToReview: { nodes: { id: string }[] } }>('{ exhibitsToReview { nodes { id } } }')).exhibitsToReview.nodes.map(({ id }) => id);
    const set = (who: Visitor, more: object): ReturnType<typeof keep> => keep(who, 'setRetention', { exhibitId: exhibit, group: 'council-6', reason: 'Closed', ...more });
    expect(await set(priya, {})).toMatchObject({ code: 'not-found' });
    expect(await set(amira, { group: 'mopi-9' })).toMatchObject({ faults: [{ field: 'input.group' }] });
    for (const reviewOn of ['2020-01-01', '2031-02-30', 'soon']) expect(await set(amira, { reviewOn })).toMatchObject({ faults: [{ field: 'input.reviewOn' }] });
    await set(amira, {});
    expect((await keepingOf(priya, exhibit)).retention?.reviewOn).toBe(`${new Date().getUTCFullYear() + 6}-${new Date().toISOString().slice(5, 10)}`);
    expect(await queue(amira)).not.toContain(exhibit);
    await world.superuser.query(`UPDATE exhibit_retention SET review_on = '2026-01-01' WHERE item_id = $1`, [exhibit]);
    expect([await queue(amira), await queue(priya)]).toEqual([expect.arrayContaining([exhibit]), []]);
    await set(tom, { reviewOn: '2099-01-01', reason: 'Kept for the inquest' });
    expect(await queue(amira)).not.toContain(exhibit);
    expect((await keepingOf(amira, exhibit)).retention).toEqual({ group: 'council-6', reviewOn: '2099-01-01' });
  });

  it('keeps an exhibit until its day of review, unless whoever proposes its disposal says why before', async () => {
    const exhibit = await deposit(amira, workspaceId, newFile(50));
    await keep(amira, 'setRetention', { exhibitId: exhibit, group: 'council-6', reviewOn: '2099-02-01', reason: 'Closed' });
    for (const beforeReview of [null, ' ']) {
      expect(await keep(amira, 'proposeDisposal', { exhibitId: exhibit, ...WHY, beforeReview })).toMatchObject({ faults: [{ field: 'input.beforeReview', message: expect.stringContaining('kept until its review on 1 February 2099') }] });
    }
    expect((await keep(amira, 'proposeDisposal', { exhibitId: exhibit, ...WHY, beforeReview: 'Given back' })).code).toBeUndefined();
    expect((await approve(tom, exhibit)).code).toBeUndefined();
    expect(await (await amira.fetch(`/evidence/${exhibit}/certificate`)).text()).toMatch(/^Before its review: +Given back$/m);
  });

  it('set after a disposal was proposed, stands until somebody has said why before its day', async () => {
    const exhibit = await deposit(amira, workspaceId, newFile(50));
    await propose(amira, exhibit);
    await keep(tom, 'setRetention', { exhibitId: exhibit, group: 'council-6', reason: 'Not closed yet' });
    expect(await approve(tom, exhibit)).toMatchObject({ code: 'conflict', message: expect.stringContaining('does not say why it is disposed of before') });
    expect((await stored(exhibit)).packets).toBeGreaterThan(0);
    await world.superuser.query(`UPDATE exhibit_retention SET review_on = current_date - 1 WHERE item_id = $1`, [exhibit]);
    expect((await approve(tom, exhibit)).code).toBeUndefined();
  });

  it('asks for no such reason when the day has come, and keeps none', async () => {
    const exhibit = await deposit(amira, workspaceId, newFile(50));
    await keep(amira, 'setRetention', { exhibitId: exhibit, group: 'council-6', reason: 'Closed' });
    await world.superuser.query(`UPDATE exhibit_retention SET review_on = current_date - 1 WHERE item_id = $1`, [exhibit]);
    expect((await keep(amira, 'proposeDisposal', { exhibitId: exhibit, ...WHY, beforeReview: 'Early' })).code).toBeUndefined();
    expect(await amira.ask('query ($id: ID!) { exhibit(id: $id) { disposal { state beforeReview } } }', { id: exhibit })).toEqual({ exhibit: { disposal: { state: 'proposed', beforeReview: null } } });
    await keep(tom, 'decideDisposal', { exhibitId: exhibit, approve: true, reason: 'Agreed' });
  });

  it('lists what is due page by page, the longest due first, and says how many there are of those its reader sees', async () => {
    const { id } = await openCase(amira, ['northmoor-police']);
    const days = ['2026-01-03', '2026-01-01', '2026-01-03', '2026-01-02'];
    const due: { readonly exhibit: string; readonly day: string }[] = [];
    for (const day of days) due.push({ exhibit: await deposit(amira, id, newFile(10)), day });
    for (const { exhibit } of due) await keep(amira, 'setRetention', { exhibitId: exhibit, group: 'council-6', reason: 'Closed' });
    for (const { exhibit, day } of due) await world.superuser.query('UPDATE exhibit_retention SET review_on = $2 WHERE item_id = $1', [exhibit, day]);
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { exhibitsToReview }: { exhibitsToReview: Queue } = await amira.ask('query ($after: String) { exhibitsToReview(first: 3, after: $after) { count nodes { id } pageInfo { endCursor hasNextPage } } }', { after });
      expect(exhibitsToReview.count).toBe(due.length);
      seen.push(...exhibitsToReview.nodes.map((node) => node.id));
      after = exhibitsToReview.pageInfo.hasNextPage ? exhibitsToReview.pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toEqual(due.toSorted((one, other) => `${one.day} ${one.exhibit}`.localeCompare(`${other.day} ${other.exhibit}`)).map(({ exhibit }) => exhibit));
    expect((await amira.graphql('{ exhibitsToReview(first: 0) { count } }')).text).toContain('Ask for between 1 and 100 at a time');
    expect(await priya.ask('{ exhibitsToReview { count nodes { id } } }')).toEqual({ exhibitsToReview: { count: 0, nodes: [] } });
  });
});
