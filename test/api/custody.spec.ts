import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventOfRow, firstBadSignature, firstBrokenLink, signingKeys, type CustodyRow } from '../../libs/custody/index.js';
import { newKeyPair } from '../../libs/envelope/index.js';
import { agencyIds, ask, attempt, OFFICIAL_SENSITIVE, onlyFor, openCase, perform } from '../builders/case.js';
import type { Visitor } from '../builders/visitor.js';
import { startWorld, type World } from '../builders/world.js';
import { act, shown, thing, type ShownExhibit } from './custody-scene.js';
import { deposit, newFile, request } from './evidence-scene.js';

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
  workspaceId = (await openCase(amira, ['northmoor-police', 'northmoor-fire'])).id;
}, 180_000);
afterAll(() => world.stop());

/** What the chain says as it is stored: hashes, signatures with the keys that are stored, and who signed. */
async function verified(id: string): Promise<string | readonly string[]> {
  const { rows } = await world.superuser.query<CustodyRow>('SELECT * FROM custody_event WHERE item_id = $1 ORDER BY seq', [id]);
  const keys = await world.superuser.query<{ key: Buffer }>('SELECT public_key AS key FROM agency_key UNION ALL SELECT public_key FROM portal_key');
  const events = rows.map(eventOfRow);
  const broken = firstBrokenLink(id, events) ?? firstBadSignature(events, signingKeys(keys.rows.map(({ key }) => key)));
  return broken?.message ?? events.map(({ act: done }) => done);
}

function offer(who: Visitor, exhibitId: string, agency: string, more: object = {}): Promise<ShownExhibit> {
  return act(who, 'offerCustody', { exhibitId, agencyId: agencies[agency], ...more });
}

describe('a physical exhibit', () => {
  it('is recorded with who took it, where, when and under which seal, and has no file', async () => {
    const made = await act(amira, 'recordPhysicalExhibit', thing(workspaceId, { doneBy: 'PC Owen Hart' }));
    expect(made).toMatchObject({ form: 'physical', sha256: null, contentPath: null, holder: { name: 'Amira Rahman', agency: 'Ashworth Borough Council' }, seal: 'B123', location: 'The kitchen' });
    expect(made.reference).toMatch(/^AR\/\d+$/);
    expect(made.custody).toEqual([expect.objectContaining({ act: 'seized', by: 'Amira Rahman', doneBy: 'PC Owen Hart', roles: ['environmental-health-officer'], sealAfter: 'B123', reason: 'Section 22' })]);
    expect((await amira.fetch(`/evidence/${made.id}/content`)).status).toBe(404);
    expect(await shown(priya, made.id)).toMatchObject({ reference: made.reference, can: { acts: [], offer: false, answer: false, withdraw: false } });
  });

  it('passes on only when somebody of the receiving agency accepts, and the seal as read is told', async () => {
    const { id } = await act(amira, 'recordPhysicalExhibit', thing(workspaceId));
    expect(await offer(priya, id, 'northmoor-police')).toMatchObject({ code: 'invalid', faults: [{ field: 'input.act', message: expect.stringContaining('Ashworth Borough Council holds it') }] });
    expect(await offer(amira, id, 'northmoor-police', { person: 'PC Owen Hart' })).toMatchObject({ holder: { name: 'Amira Rahman' }, offer: { to: expect.stringMatching(/^PC Owen Hart, Northmoor/) }, can: { withdraw: true, answer: false } });
    const frank = await world.signIn('frank.moss');
    expect(await act(frank, 'answerCustodyOffer', { exhibitId: id, answer: 'accept', sealBefore: 'B123' })).toMatchObject({ code: 'conflict' });
    expect(await act(priya, 'answerCustodyOffer', { exhibitId: id, answer: 'accept' })).toMatchObject({ faults: [{ field: 'input.sealBefore' }] });
    expect(await shown(priya, id)).toMatchObject({ holder: { name: 'Amira Rahman' }, can: { answer: true } });
    const taken = await act(priya, 'answerCustodyOffer', { exhibitId: id, answer: 'accept', sealBefore: 'B123', location: 'Property store' });
    expect(taken).toMatchObject({ holder: { name: 'Priya Shah' }, offer: null, location: 'Property store', can: { offer: true } });
    expect(taken.custody.at(-1)).toMatchObject({ act: 'transfer-accepted', by: 'Priya Shah', from: 'Amira Rahman, Ashworth Borough Council', sealBefore: 'B123' });
    expect(await verified(id)).toEqual(['seized', 'transfer-offered', 'transfer-accepted']);
  });

  it('is declined with a reason, withdrawn by its agency, and passed on within one agency by two of its people', async () => {
    const { id } = await act(amira, 'recordPhysicalExhibit', thing(workspaceId));
    await offer(amira, id, 'northmoor-police');
    expect(await act(priya, 'answerCustodyOffer', { exhibitId: id, answer: 'decline' })).toMatchObject({ faults: [{ field: 'input.reason' }] });
    expect(await act(priya, 'answerCustodyOffer', { exhibitId: id, answer: 'decline', reason: 'No room' })).toMatchObject({ holder: { name: 'Amira Rahman' }, offer: null });
    await offer(amira, id, 'northmoor-police');
    expect(await act(priya, 'answerCustodyOffer', { exhibitId: id, answer: 'withdraw' })).toMatchObject({ code: 'conflict' });
    expect(await act(tom, 'answerCustodyOffer', { exhibitId: id, answer: 'withdraw' })).toMatchObject({ offer: null });
    await offer(amira, id, 'ashworth');
    expect(await act(amira, 'answerCustodyOffer', { exhibitId: id, answer: 'accept', sealBefore: 'B123' })).toMatchObject({ code: 'conflict', message: expect.stringContaining('You made this offer') });
    expect(await act(tom, 'answerCustodyOffer', { exhibitId: id, answer: 'accept', sealBefore: 'B123' })).toMatchObject({ holder: { name: 'Tom Bell' } });
    expect(await verified(id)).toEqual(['seized', 'transfer-offered', 'transfer-declined', 'transfer-offered', 'transfer-withdrawn', 'transfer-offered', 'transfer-accepted']);
  });

  it('is opened with its seal said, something taken out of it keeps its root, and it is sealed again and given back', async () => {
    const bag = await act(amira, 'recordPhysicalExhibit', thing(workspaceId, { title: 'Bag' }));
    const takeOut = (): Promise<ShownExhibit> => act(amira, 'recordPhysicalExhibit', thing(workspaceId, { title: 'Receipt', derivedFrom: bag.id, seal: 'C7' }));
    expect(await takeOut()).toMatchObject({ faults: [{ field: 'input.derivedFrom', message: expect.stringContaining('Record that it was opened') }] });
    const record = (said: object): Promise<ShownExhibit> => act(amira, 'recordCustody', { exhibitId: bag.id, ...said });
    expect(await record({ act: 'opened' })).toMatchObject({ faults: [{ field: 'input.sealBefore' }] });
    expect(await record({ act: 'opened', sealBefore: 'B123', reason: 'To list its content' })).toMatchObject({ seal: null });
    expect(await takeOut()).toMatchObject({ reference: `${bag.reference}/1`, relation: 'taken-out', derivedFrom: { id: bag.id } });
    expect((await takeOut()).reference).toBe(`${bag.reference}/2`);
    expect(await record({ act: 'sealed', sealAfter: 'B124' })).toMatchObject({ seal: 'B124', derived: [{ reference: `${bag.reference}/1` }, { reference: `${bag.reference}/2` }] });
    expect(await record({ act: 'returned', to: 'The owner' })).toMatchObject({ holder: null, location: null });
    expect(await record({ act: 'received', from: 'The owner', sealBefore: 'B124' })).toMatchObject({ holder: { name: 'Amira Rahman' } });
    expect(await verified(bag.id)).toEqual(['seized', 'opened', 'divided', 'divided', 'sealed', 'returned', 'received']);
  });

  it('is not recorded with a time to come, from nobody, or out of a file, and no number is lost by trying', async () => {
    const file = await deposit(amira, workspaceId, newFile(10));
    const before = (await act(amira, 'recordPhysicalExhibit', thing(workspaceId))).reference;
    expect(await act(amira, 'recordPhysicalExhibit', thing(workspaceId, { happenedAt: new Date(Date.now() + 86_400_000).toISOString() }))).toMatchObject({ faults: [{ field: 'input.happenedAt' }] });
    expect(await act(amira, 'recordPhysicalExhibit', thing(workspaceId, { act: 'received' }))).toMatchObject({ faults: [{ field: 'input.from' }] });
    expect(await act(amira, 'recordPhysicalExhibit', thing(workspaceId, { act: 'disposed' }))).toMatchObject({ faults: [{ field: 'input.act' }] });
    expect(await act(amira, 'recordPhysicalExhibit', thing(workspaceId, { derivedFrom: file }))).toMatchObject({ faults: [{ field: 'input.derivedFrom' }] });
    const after = (await act(amira, 'recordPhysicalExhibit', thing(workspaceId))).reference;
    expect(Number(after.split('/')[1])).toBe(Number(before.split('/')[1]) + 1);
  });
});

describe('what is recorded of a thing', () => {
  const sharing = (who: Visitor, field: 'shareExhibit' | 'recallExhibit', input: object): Promise<Record<string, unknown>> =>
    who.ask(`mutation ($input: ${field === 'shareExhibit' ? 'ShareExhibitInput' : 'RecallExhibitInput'}!) { ${field}(input: $input) { __typename ... on Refused { message } } }`, { input });

  it('is shown to one agency more, and taken back from it; what that agency holds is handed back first', async () => {
    const { id } = await act(amira, 'recordPhysicalExhibit', thing(workspaceId, { marking: onlyFor(agencies['northmoor-police'] ?? '') }));
    const frank = await world.signIn('frank.moss');
    const fire = { exhibitId: id, agencyId: agencies['northmoor-fire'] };
    expect(await shown(frank, id)).toBeNull();
    expect(await sharing(priya, 'shareExhibit', fire)).toMatchObject({ shareExhibit: { __typename: 'Refused' } });
    expect(await sharing(amira, 'shareExhibit', fire)).toMatchObject({ shareExhibit: { __typename: 'SharingChanged' } });
    expect(await sharing(amira, 'shareExhibit', fire)).toMatchObject({ shareExhibit: { message: 'This agency has the exhibit already.' } });
    expect((await shown(frank, id))?.custody.at(-1)).toMatchObject({ act: 'shared', by: 'Amira Rahman', to: 'Northmoor Fire and Rescue Service' });
    await offer(amira, id, 'northmoor-fire');
    expect(await sharing(amira, 'recallExhibit', { ...fire, reason: 'A mistake' })).toMatchObject({ recallExhibit: { message: expect.stringContaining('handed back') } });
    await act(frank, 'answerCustodyOffer', { exhibitId: id, answer: 'accept', sealBefore: 'B123', location: 'Station 4' });
    expect(await sharing(amira, 'recallExhibit', { ...fire, reason: 'A mistake' })).toMatchObject({ recallExhibit: { message: expect.stringContaining('handed back') } });
    await offer(frank, id, 'ashworth');
    await act(amira, 'answerCustodyOffer', { exhibitId: id, answer: 'accept', sealBefore: 'B123' });
    expect(await sharing(amira, 'recallExhibit', { ...fire, reason: 'A mistake' })).toMatchObject({ recallExhibit: { __typename: 'SharingChanged' } });
    expect(await shown(frank, id)).toBeNull();
    expect(await shown(priya, id)).not.toBeNull();
    expect(await verified(id)).toEqual(['seized', 'shared', 'transfer-offered', 'transfer-accepted', 'transfer-offered', 'transfer-accepted', 'recalled']);
  });
});

describe('a thing that another agency holds', () => {
  it('is not marked out of the sight of that agency, nor while it is offered to it', async () => {
    const plain = { ...OFFICIAL_SENSITIVE, sensitive: false };
    const inPlain = (await openCase(amira, ['northmoor-police'], { marking: plain })).id;
    const { id } = await act(amira, 'recordPhysicalExhibit', thing(inPlain, { marking: plain }));
    await offer(amira, id, 'northmoor-police');
    const raise = (): Promise<unknown> => attempt(amira, 'classifyItem', { id, version: 1, reason: 'It names a witness', marking: OFFICIAL_SENSITIVE });
    await world.superuser.query('UPDATE agreement SET ceiling_sensitive = false');
    try {
      expect(await raise()).toMatchObject({ code: 'conflict', message: expect.stringContaining('Northmoor Police holds this, or it is offered to it') });
      await act(priya, 'answerCustodyOffer', { exhibitId: id, answer: 'accept', sealBefore: 'B123' });
      expect(await raise()).toMatchObject({ code: 'conflict' });
      expect((await shown(priya, id))?.custody.at(-1)).toMatchObject({ act: 'transfer-accepted' });
      await offer(priya, id, 'ashworth');
      await act(amira, 'answerCustodyOffer', { exhibitId: id, answer: 'accept', sealBefore: 'B123' });
      expect(await raise()).toMatchObject({ version: 2 });
    } finally {
      await world.superuser.query('UPDATE agreement SET ceiling_sensitive = true');
    }
  });
});

describe('a file that was marked above what an agency may see', () => {
  it('is recalled in the words of the marking that agency knew, and stays for the others it was for', async () => {
    const plain = { ...OFFICIAL_SENSITIVE, sensitive: false };
    const inPlain = (await openCase(amira, ['northmoor-police', 'northmoor-fire'], { marking: plain })).id;
    const id = await deposit(amira, inPlain, newFile(60), { marking: plain });
    await priya.fetch(`/evidence/${id}/content`).then((response) => response.arrayBuffer());
    const ceiling = (isSensitive: boolean): Promise<unknown> => world.superuser.query('UPDATE agreement SET ceiling_sensitive = $1', [isSensitive]);
    await ceiling(false);
    try {
      await perform(amira, 'classifyItem', { id, version: 1, reason: 'It names a witness', marking: { ...OFFICIAL_SENSITIVE, descriptors: ['PERSONAL DATA'] } });
      expect(await shown(priya, id)).toBeNull();
      await amira.ask('mutation ($input: RecallExhibitInput!) { recallExhibit(input: $input) { __typename } }', { input: { exhibitId: id, agencyId: agencies['northmoor-police'], reason: 'Too wide' } });
    } finally {
      await ceiling(true);
    }
    const { rows } = await world.superuser.query<{ marking: string }>('SELECT marking FROM exhibit_recall WHERE item_id = $1', [id]);
    expect(rows).toEqual([{ marking: 'OFFICIAL' }]);
    expect(await shown(priya, id)).toBeNull();
    expect(await shown(await world.signIn('frank.moss'), id)).not.toBeNull();
  });
});

describe('what is made of a file', () => {
  it('keeps its root, points to it, and is told of in its chain; a number that was given is never given again', async () => {
    const root = await deposit(amira, workspaceId, newFile(100));
    const { reference } = (await shown(amira, root)) ?? { reference: '' };
    const abandoned = await request(priya, workspaceId, { derivedFrom: root, relation: 'redacted' });
    expect(abandoned.reference).toBe(`${reference}/1`);
    const copy = await deposit(priya, workspaceId, newFile(90), { derivedFrom: root, relation: 'working-copy' });
    expect(await shown(amira, copy)).toMatchObject({ reference: `${reference}/2`, relation: 'working-copy', derivedFrom: { id: root, reference } });
    expect(await shown(amira, root)).toMatchObject({ derived: [{ reference: `${reference}/2`, relation: 'working-copy' }] });
    expect((await shown(amira, root))?.custody.at(-1)).toMatchObject({ act: 'copied', by: 'Priya Shah', about: `${reference}/2`, reason: 'Working copy' });
    const below = await request(amira, workspaceId, { derivedFrom: copy, relation: 'redacted' });
    expect(below.reference).toBe(`${reference}/2/1`);
    expect(await verified(root)).toEqual(['deposited', 'copied']);
  });

  it('is seen by who may see it, whether or not she sees what it was made of', async () => {
    const root = await deposit(amira, workspaceId, newFile(100), { marking: onlyFor(agencies['northmoor-police'] ?? '') });
    const version = await deposit(amira, workspaceId, newFile(80), { derivedFrom: root, relation: 'redacted', marking: OFFICIAL_SENSITIVE });
    const frank = await world.signIn('frank.moss');
    expect(await shown(frank, root)).toBeNull();
    expect(await shown(frank, version)).toMatchObject({ relation: 'redacted', derivedFrom: null });
    expect(await request(frank, workspaceId, { derivedFrom: root, relation: 'redacted' })).toMatchObject({ code: 'not-found' });
  });

  it('keeps the restrictions of another agency’s exhibit, which only that agency lifts', async () => {
    const root = await deposit(amira, workspaceId, newFile(100), { marking: onlyFor(agencies['northmoor-police'] ?? '') });
    const wider = await request(priya, workspaceId, { derivedFrom: root, relation: 'redacted', marking: OFFICIAL_SENSITIVE });
    expect(wider).toMatchObject({ code: 'invalid', faults: [{ field: 'input.marking' }] });
    expect((await request(priya, workspaceId, { derivedFrom: root, relation: 'redacted', marking: onlyFor(agencies['ashworth'] ?? '') })).id).toBeDefined();
    // Nor in two steps: made under the marking of its root, and marked lower afterwards by who made it.
    const copy = await deposit(priya, workspaceId, newFile(90), { derivedFrom: root, relation: 'working-copy', marking: onlyFor(agencies['ashworth'] ?? '') });
    expect(await attempt(priya, 'classifyItem', { id: copy, version: 1, reason: 'Routine', marking: { ...OFFICIAL_SENSITIVE, sensitive: false } })).toMatchObject({ code: 'conflict', message: expect.stringContaining('made of another agency’s exhibit') });
    expect(await perform(priya, 'classifyItem', { id: copy, version: 1, reason: 'A witness', marking: { ...OFFICIAL_SENSITIVE, handling: ['RECIPIENTS ONLY'] } })).toMatchObject({ version: 2 });
    const share = (who: Visitor, exhibitId: string, agency: string): Promise<unknown> =>
      who.ask('mutation ($input: ShareExhibitInput!) { shareExhibit(input: $input) { __typename ... on Refused { message } } }', { input: { exhibitId, agencyId: agencies[agency] } });
    expect(await share(priya, copy, 'northmoor-fire')).toMatchObject({ shareExhibit: { message: expect.stringContaining('made of another agency’s exhibit') } });
    const below = await deposit(priya, workspaceId, newFile(80), { derivedFrom: copy, relation: 'redacted', marking: onlyFor(agencies['ashworth'] ?? '') });
    expect(await share(priya, below, 'northmoor-fire')).toMatchObject({ shareExhibit: { message: expect.stringContaining('made of another agency’s exhibit') } });
    // What an agency made of its own it opens as it likes.
    const own = await deposit(amira, workspaceId, newFile(70), { derivedFrom: root, relation: 'redacted', marking: onlyFor(agencies['northmoor-police'] ?? '') });
    expect(await perform(amira, 'classifyItem', { id: own, version: 1, reason: 'Names are blacked out', marking: { ...OFFICIAL_SENSITIVE, sensitive: false } })).toMatchObject({ marking: { text: 'OFFICIAL' } });
    expect(await share(amira, own, 'northmoor-fire')).toMatchObject({ shareExhibit: { __typename: 'SharingChanged' } });
  });

  it('is raised with another agency’s exhibit that is marked higher, also out of that agency’s sight, and lowered to it by its maker alone', async () => {
    const root = await deposit(amira, workspaceId, newFile(100), { marking: { ...OFFICIAL_SENSITIVE, sensitive: false, handling: [] } });
    const plain = { ...OFFICIAL_SENSITIVE, sensitive: false };
    const copy = await deposit(priya, workspaceId, newFile(90), { derivedFrom: root, relation: 'working-copy', marking: { ...plain, handling: ['RECIPIENTS ONLY'] } });
    const below = await deposit(priya, workspaceId, newFile(80), { derivedFrom: copy, relation: 'redacted', marking: { ...plain, releasableTo: [agencies['northmoor-police'] ?? ''] } });
    const own = await deposit(amira, workspaceId, newFile(70), { derivedFrom: root, relation: 'redacted', marking: plain });
    const since = new Date();
    await perform(amira, 'classifyItem', { id: root, version: 1, reason: 'It names a witness', marking: { ...OFFICIAL_SENSITIVE, descriptors: ['PERSONAL DATA'] } });
    const printed = async (id: string): Promise<unknown> => (await priya.ask<{ item: { marking: { text: string } } }>('query ($id: ID!) { item(id: $id) { marking { text } } }', { id })).item.marking.text;
    expect(await Promise.all([root, copy, below, own].map(printed))).toEqual([
      'OFFICIAL-SENSITIVE - PERSONAL DATA', 'OFFICIAL-SENSITIVE - PERSONAL DATA - RECIPIENTS ONLY', 'OFFICIAL-SENSITIVE - PERSONAL DATA', 'OFFICIAL',
    ]);
    const { rows } = await world.superuser.query<{ subject_id: string }>(
      `SELECT subject_id FROM ledger_entry WHERE verb = 'item.classify' AND outcome = 'done' AND at >= $1`, [since]);
    expect(rows.map(({ subject_id }) => subject_id).sort()).toEqual([root, copy, below].sort());
    // Made lower only once it is lower again itself: by who made it, and no further than that.
    const mark = (marking: object): Promise<unknown> => attempt(priya, 'classifyItem', { id: below, version: 2, reason: 'As before', marking });
    expect(await mark(plain)).toMatchObject({ code: 'conflict', message: expect.stringContaining('made of another agency’s exhibit') });
    await perform(amira, 'classifyItem', { id: root, version: 2, reason: 'It names nobody', marking: plain });
    expect(await perform(priya, 'classifyItem', { id: below, version: 2, reason: 'As before', marking: plain })).toMatchObject({ version: 3 });
  });

  it('is of a thing its photograph, and says how it came of it', async () => {
    const knife = await act(amira, 'recordPhysicalExhibit', thing(workspaceId));
    for (const relation of ['redacted', 'taken-out', null]) {
      expect(await request(amira, workspaceId, { derivedFrom: knife.id, relation })).toMatchObject({ faults: [{ field: 'input.relation' }] });
    }
    const photograph = await deposit(amira, workspaceId, newFile(50), { derivedFrom: knife.id, relation: 'photograph' });
    expect(await shown(amira, photograph)).toMatchObject({ reference: `${knife.reference}/1`, form: 'file' });
  });
});

describe('a chain', () => {
  it('is signed with the portal’s own key for people of an agency that holds its key itself', async () => {
    const root = await deposit(amira, workspaceId, newFile(100));
    const pair = await newKeyPair({ name: 'Northmoor Fire', passphrase: 'held elsewhere', at: new Date(Date.now() - 60_000), lifeSeconds: 0, version: 4 });
    await world.superuser.query('DELETE FROM exhibit_packet WHERE agency_id = $1', [agencies['northmoor-fire']]);
    await world.superuser.query('DELETE FROM agency_key WHERE agency_id = $1', [agencies['northmoor-fire']]);
    await world.superuser.query('INSERT INTO agency_key (fingerprint, agency_id, public_key, created_at) VALUES ($1, $2, $3, now())', [pair.fingerprint, agencies['northmoor-fire'], Buffer.from(pair.publicKey)]);
    const frank = await world.signIn('frank.moss');
    const after = await act(frank, 'recordCustody', { exhibitId: root, act: 'examined', reason: 'Compared with our own' });
    const { rows } = await world.superuser.query<{ fingerprint: string }>('SELECT fingerprint FROM portal_key');
    expect(after.custody.at(-1)).toMatchObject({ act: 'examined', by: 'Frank Moss', signer: rows[0]?.fingerprint });
    expect(await verified(root)).toEqual(['deposited', 'examined']);
  });

  it('takes acts that come at once one after the other, and one offer for two', async () => {
    const { id } = await act(amira, 'recordPhysicalExhibit', thing(workspaceId));
    const answers = await Promise.all([offer(amira, id, 'northmoor-police'), offer(tom, id, 'northmoor-fire'), offer(amira, id, 'northmoor-police')]);
    expect(answers.filter(({ code }) => code === undefined)).toHaveLength(1);
    expect(await verified(id)).toEqual(['seized', 'transfer-offered']);
  });

  it('holds a text with a control character or an endless one at the edge, beside its field', async () => {
    const root = await deposit(amira, workspaceId, newFile(10));
    expect(await act(amira, 'recordCustody', { exhibitId: root, act: 'examined', reason: 'x'.repeat(2_001) })).toMatchObject({ faults: [{ field: 'input.reason' }] });
    expect(await act(amira, 'recordCustody', { exhibitId: root, act: 'examined', reason: 'x', location: 'a‮b' })).toMatchObject({ faults: [{ field: 'input.location' }] });
    expect(await verified(root)).toEqual(['deposited']);
  });
});

describe('an agency that holds a thing of a case', () => {
  const endPolice = (who: Visitor, caseId: string): Promise<object> => attempt(who, 'endMembership', { workspaceId: caseId, agencyId: agencies['northmoor-police'], reason: 'Over' });

  it('leaves, and is sent away, only when it has passed on what the actor sees, and no name of what she does not see is said', async () => {
    const { id: caseId } = await openCase(amira, ['northmoor-police', 'northmoor-fire']);
    const knife = await act(amira, 'recordPhysicalExhibit', thing(caseId));
    const hidden = await act(priya, 'recordPhysicalExhibit', thing(caseId, { title: 'Informant\'s bag', marking: onlyFor() }));
    await offer(amira, knife.id, 'northmoor-police');
    const offered = `Northmoor Police has been offered ${knife.reference} Knife. The offer must first be declined or withdrawn.`;
    expect(await endPolice(amira, caseId)).toMatchObject({ code: 'conflict', message: offered });
    await act(priya, 'answerCustodyOffer', { exhibitId: knife.id, answer: 'accept', sealBefore: 'B123' });
    const held = `Northmoor Police holds ${knife.reference} Knife. It must first pass to an agency that stays, by an offer that is accepted, or be returned.`;
    expect(await endPolice(amira, caseId)).toMatchObject({ code: 'conflict', message: held });
    expect(await endPolice(priya, caseId)).toMatchObject({ code: 'conflict', message: expect.stringContaining(`${hidden.reference} Informant\'s bag`) });
    expect(await ask(amira, 'membershipEnding', { workspaceId: caseId, agencyId: agencies['northmoor-police'] })).toMatchObject({ isOwn: false, brought: 0, unsettled: [{ reference: knife.reference, why: 'holds' }] });
    await offer(priya, knife.id, 'ashworth');
    await act(tom, 'answerCustodyOffer', { exhibitId: knife.id, answer: 'accept', sealBefore: 'B123' });
    expect(await endPolice(amira, caseId)).toMatchObject({ __typename: 'MembershipEnded' });
    expect(await shown(priya, knife.id)).toBeNull();
  });

  it('is told with what its people opened, as far as the reader sees the exhibits', async () => {
    const { id: caseId } = await openCase(amira, ['northmoor-police', 'northmoor-fire']);
    const [film, secret] = [await deposit(amira, caseId, newFile(10), { title: 'Film' }), await deposit(amira, caseId, newFile(10), { title: 'Secret film', marking: onlyFor(agencies['northmoor-police'] ?? '') })];
    for (const id of [film, secret]) expect((await priya.fetch(`/evidence/${id}/content`)).status).toBe(200);
    const ending = (who: Visitor): Promise<object> => ask(who, 'membershipEnding', { workspaceId: caseId, agencyId: agencies['northmoor-police'] });
    const opened = [{ person: 'Priya Shah', act: 'opened' }];
    expect(await ending(amira)).toMatchObject({ reached: [{ title: 'Film', seen: opened }, { title: 'Secret film', seen: opened }] });
    const frank = await world.signIn('frank.moss');
    expect(await ending(frank)).toBeNull();
    expect(await ask(frank, 'membershipEnding', { workspaceId: caseId, agencyId: agencies['northmoor-fire'] })).toMatchObject({ isOwn: true, reached: [] });
  });

  it('is asked at the end what became of its copies, which its answer tells the originator and the agency that leads', async () => {
    const { id: caseId, reference } = await openCase(amira, ['northmoor-police', 'northmoor-fire']);
    const frank = await world.signIn('frank.moss');
    const film = await deposit(amira, caseId, newFile(10), { title: 'Film' });
    const hidden = await deposit(frank, caseId, newFile(10), { title: 'Kept from the council', marking: onlyFor(agencies['northmoor-police'] ?? '') });
    const ofFire = await deposit(frank, caseId, newFile(10), { title: 'Of the fire service' });
    for (const id of [film, hidden, ofFire]) expect((await priya.fetch(`/evidence/${id}/content`)).status).toBe(200);
    expect(await endPolice(amira, caseId)).toMatchObject({ __typename: 'MembershipEnded' });
    const { recalls } = await priya.ask<{ recalls: { id: string; title: string; workspaceReference: string }[] }>('{ recalls { id workspaceReference title by recalledBy why reason seen { person act } } }');
    const asked = recalls.filter(({ workspaceReference }) => workspaceReference === reference);
    expect(asked).toHaveLength(2);
    expect(asked).toEqual(expect.arrayContaining([
      expect.objectContaining({ title: 'Of the fire service', by: 'Northmoor Fire and Rescue Service', recalledBy: 'Ashworth Borough Council' }),
      expect.objectContaining({ title: 'Film', by: 'Ashworth Borough Council', recalledBy: 'Ashworth Borough Council', why: 'left', reason: 'The agency takes no part in the investigation any more.', seen: [{ person: 'Priya Shah', act: 'opened' }] }),
    ]));
    const answer = { id: asked.find(({ title }) => title === 'Film')?.id, copies: 'destroyed', answer: 'Wiped on Monday' };
    await priya.ask('mutation ($input: AnswerRecallInput!) { answerRecall(input: $input) { __typename } }', { input: answer });
    const receipts = 'query ($id: ID!) { formerMembers(workspaceId: $id) { asked { title copies answer answeredBy } } }';
    const [waiting, told] = [{ title: 'Of the fire service', copies: null, answer: null, answeredBy: null }, { title: 'Film', copies: 'destroyed', answer: 'Wiped on Monday', answeredBy: 'Priya Shah' }];
    const { formerMembers } = await amira.ask<{ formerMembers: { asked: unknown[] }[] }>(receipts, { id: caseId });
    expect(formerMembers).toEqual([{ asked: expect.arrayContaining([waiting, told]) }]);
    expect(await frank.ask(receipts, { id: caseId })).toEqual({ formerMembers: [] });
    const recall = await frank.ask('mutation ($input: RecallExhibitInput!) { recallExhibit(input: $input) { __typename } }', { input: { exhibitId: hidden, agencyId: agencies['northmoor-police'], reason: 'They have left' } });
    expect(recall).toEqual({ recallExhibit: { __typename: 'SharingChanged' } });
    expect(await forged(ofFire)).toMatch(/row-level security/);
  });

  it('that leaves is asked too, in its own words; of what the originator took back before it is not asked again', async () => {
    const { id: caseId, reference } = await openCase(amira, ['northmoor-police']);
    const [film, back] = [await deposit(amira, caseId, newFile(10), { title: 'Film' }), await deposit(amira, caseId, newFile(10), { title: 'Taken back' })];
    for (const id of [film, back]) expect((await priya.fetch(`/evidence/${id}/content`)).status).toBe(200);
    for (const recallOrShare of ['RecallExhibit', 'ShareExhibit']) {
      const input = { exhibitId: back, agencyId: agencies['northmoor-police'], ...(recallOrShare === 'RecallExhibit' ? { reason: 'A mistake' } : {}) };
      await amira.ask(`mutation ($input: ${recallOrShare}Input!) { ${recallOrShare.replace(/^./, (first) => first.toLowerCase())}(input: $input) { __typename } }`, { input });
    }
    expect(await endPolice(priya, caseId)).toMatchObject({ __typename: 'MembershipEnded' });
    const { recalls } = await priya.ask<{ recalls: { workspaceReference: string }[] }>('{ recalls { workspaceReference title recalledBy why } }');
    expect(recalls.filter(({ workspaceReference }) => workspaceReference === reference)).toEqual(expect.arrayContaining([
      { workspaceReference: reference, title: 'Film', recalledBy: 'Northmoor Police', why: 'left' },
      { workspaceReference: reference, title: 'Taken back', recalledBy: 'Amira Rahman', why: 'recalled' },
    ]));
    expect(recalls.filter(({ workspaceReference }) => workspaceReference === reference)).toHaveLength(2);
  });

  /** What the database says when the application, acting for the council, asks the police for copies in the name of fire, and not in the act that ended their part. */
  async function forged(exhibitId: string): Promise<string> {
    const { superuser } = world;
    const { rows: [person] } = await superuser.query<{ id: string }>(`SELECT id FROM person WHERE display_name = 'Amira Rahman'`);
    await superuser.query('BEGIN; SET LOCAL ROLE concordat_app');
    await superuser.query(
      `SELECT set_config('concordat.person', $1, true), set_config('concordat.agency', $2, true), set_config('concordat.roles', 'service-manager', true)`, [person?.id, agencies['ashworth']],
    );
    const said = await superuser.query(
      `INSERT INTO exhibit_recall (id, item_id, agency_id, by_agency_id, workspace_reference, reference, title, marking, reason, recalled_by, recalled_by_name, recalled_at, seen, why)
       VALUES (gen_random_uuid(), $1, $2, $3, 'A', 'A', 'A', 'A', 'A', $4, 'A', now(), '[]', 'left')`,
      [exhibitId, agencies['northmoor-police'], agencies['northmoor-fire'], person?.id],
    ).then(() => 'kept', (fault: unknown) => String(fault));
    await superuser.query('ROLLBACK');
    return said;
  }
});
