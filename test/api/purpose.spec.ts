import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from '../../scripts/postgres/free-port.js';
import { paths } from '../../src/portal/paths.js';
import { agencyIds, DOCUMENTS, OFFICIAL_SENSITIVE, onlyFor, openCase, perform, type Item, type RecordItem } from '../builders/case.js';
import { CLAUSE } from '../builders/joint-case.js';
import { startChild } from '../builders/child.js';
import { Visitor } from '../builders/visitor.js';
import { startWorld, type World } from '../builders/world.js';
import { Reader } from '../portal/reader.js';
import { fillWith } from '../security/planted-case.js';
import { everyOperation, schemaOf } from '../security/whole-schema.js';
import { deposit, newFile } from './evidence-scene.js';

/** A word in what every item of the case says, and in no title. */
const BODY = 'Zymurgy';
const OFFICIAL = { ...OFFICIAL_SENSITIVE, sensitive: false };
const LEADS = 'Investigation by the lead authority';

let world: World;
let amira: Visitor;
let agencies: Readonly<Record<string, string>>;
let id: string;
const items = { note: '', secret: '', record: '', exhibit: '' };

beforeAll(async () => {
  world = await startWorld({ env: { PURPOSE_REQUIRED_FROM: 'official-sensitive' } });
  amira = await world.signIn('amira.rahman');
  agencies = await agencyIds(amira);
  ({ id } = await openCase(amira, ['northmoor-police', 'northmoor-fire']));
  items.note = (await perform<Item>(amira, 'addNote', { workspaceId: id, title: 'A note', body: BODY, marking: OFFICIAL_SENSITIVE })).id;
  items.secret = (await perform<Item>(amira, 'addNote', { workspaceId: id, title: 'Kept from fire', body: BODY, marking: onlyFor(agencies['northmoor-police'] ?? '') })).id;
  items.record = (await perform<RecordItem>(amira, 'saveRecord', { workspaceId: id, title: 'A record', body: BODY, marking: OFFICIAL_SENSITIVE })).id;
  items.exhibit = await deposit(amira, id, newFile(20), { description: BODY });
}, 180_000);
afterAll(() => world.stop(), 30_000);

/** A person in a session of its own, in which nothing is stated yet. */
const afresh = (name: string): Promise<Visitor> => world.signInAgain(name);

async function state(who: Visitor, purpose: string, workspaceId = id): Promise<Readonly<Record<string, unknown>>> {
  return (await who.ask<{ statePurpose: Readonly<Record<string, unknown>> }>(DOCUMENTS.statePurpose, { input: { workspaceId, purpose } })).statePurpose;
}

async function codes(who: Visitor, document: string, variables: Readonly<Record<string, unknown>>): Promise<readonly unknown[]> {
  return (await who.graphql(document, variables)).errors.map(({ extensions }) => extensions['code']);
}

async function purposesOf(who: Visitor, workspaceId = id): Promise<{ purposes: string[]; statedPurpose: string | null }> {
  return (await who.ask<{ workspace: { purposes: string[]; statedPurpose: string | null } }>('query ($id: ID!) { workspace(id: $id) { purposes statedPurpose } }', { id: workspaceId })).workspace;
}

/** What the hits of a search for the word show of the items it stands in. */
async function snippets(who: Visitor): Promise<readonly string[]> {
  return (await who.ask<{ search: { nodes: { snippet: string }[] } }>(DOCUMENTS.search, { text: BODY })).search.nodes.map(({ snippet }) => snippet);
}

describe('before a purpose is stated', () => {
  it('whoever may read is told to, and no query of the schema shows a word of an item', async () => {
    const priya = await afresh('priya.shah');
    const schema = await schemaOf(world.stranger());
    const planted = { workspaceId: id, reference: '', noteId: items.note, recordId: items.record, findingId: '', agencyId: agencies['northmoor-fire'] ?? '', clauseId: '' };
    const told = new Set<string>();
    for (const thing of [id, items.note, items.record, items.exhibit]) {
      const fill = fillWith(planted, thing);
      for (const { field, kind, text, variables } of everyOperation(schema, (name, type) => (name === 'text' ? BODY : fill(name, type)))) {
        if (kind !== 'query') continue;
        const answer = await priya.graphql(text, variables);
        expect({ field, shows: answer.text.includes(BODY) }).toEqual({ field, shows: false });
        if (answer.errors.some(({ extensions }) => extensions['code'] === 'purpose-required')) told.add(field);
      }
    }
    expect([...told].sort()).toEqual([
      'caseHolds', 'disclosureSchedule', 'exhibit', 'exhibitDisclosure', 'exhibits', 'invitationPreview', 'item', 'items', 'membershipEnding', 'ownSight', 'record', 'timeline',
    ]);
  });

  it('a search finds what she may read, and shows no word of it', async () => {
    const found = await snippets(await afresh('priya.shah'));
    expect(found.length).toBeGreaterThanOrEqual(3);
    expect(new Set(found)).toEqual(new Set(['']));
  });

  it('no file leaves: not an exhibit, not a sealed copy, not a list', async () => {
    const priya = await afresh('priya.shah');
    for (const address of [`/evidence/${items.exhibit}/content`, `/evidence/${items.exhibit}/sealed`, `/evidence/documents/${id}/exhibits/csv`]) {
      const response = await priya.fetch(address);
      expect({ address, status: response.status, told: await response.text() }).toEqual({ address, status: 403, told: expect.stringContaining('State what you are reading this investigation for') });
    }
  });

  it('an act that would show what somebody else wrote is refused, and changes nothing', async () => {
    const priya = await afresh('priya.shah');
    const { saveRecord } = await priya.ask<{ saveRecord: object }>(DOCUMENTS.saveRecord, { input: { workspaceId: id, id: items.record, version: 99, title: 'Mine', body: 'Mine', marking: OFFICIAL_SENSITIVE } });
    expect(saveRecord).toMatchObject({ __typename: 'Refused', code: 'purpose-required' });
  });

  it('whoever may not read is told what she is told of what is not there, octet for octet', async () => {
    for (const [name, hidden] of [['frank.moss', items.secret], ['sam.stone', items.note], ['alex.ward', items.note]] as const) {
      const who = await afresh(name);
      for (const document of [DOCUMENTS.item, 'query ($id: ID!) { ownSight(id: $id) { id } }', 'query ($id: ID!) { record(id: $id) { id } }', 'query ($id: ID!) { exhibit(id: $id) { id } }']) {
        expect((await who.graphql(document, { id: hidden })).text).toBe((await who.graphql(document, { id: randomUUID() })).text);
      }
      if (name === 'frank.moss') continue;
      for (const document of [DOCUMENTS.items, DOCUMENTS.timeline]) expect((await who.graphql(document, { workspaceId: id })).text).toBe((await who.graphql(document, { workspaceId: randomUUID() })).text);
      expect((await who.graphql(DOCUMENTS.statePurpose, { input: { workspaceId: id, purpose: CLAUSE.purpose } })).text).toBe((await who.graphql(DOCUMENTS.statePurpose, { input: { workspaceId: randomUUID(), purpose: CLAUSE.purpose } })).text);
    }
  });
});

describe('a purpose', () => {
  it('is one of those the agreements name, or of the lead’s own', async () => {
    expect(await purposesOf(await afresh('priya.shah'))).toEqual({ purposes: [CLAUSE.purpose], statedPurpose: null });
    expect(await purposesOf(await afresh('tom.bell'))).toEqual({ purposes: [CLAUSE.purpose, LEADS], statedPurpose: null });
    const priya = await afresh('priya.shah');
    for (const purpose of [LEADS, 'Curiosity', `${CLAUSE.purpose}.`]) expect(await state(priya, purpose)).toMatchObject({ code: 'invalid', faults: [{ field: 'input.purpose' }] });
    expect(await codes(priya, DOCUMENTS.item, { id: items.note })).toEqual(['purpose-required']);
  });

  it('is stated once for a session and an investigation, and asked for again in another of either', async () => {
    const priya = await afresh('priya.shah');
    expect(await state(priya, CLAUSE.purpose)).toEqual({ __typename: 'PurposeStated', purpose: CLAUSE.purpose });
    for (const [document, variables] of [[DOCUMENTS.item, { id: items.note }], [DOCUMENTS.items, { workspaceId: id }], [DOCUMENTS.record, { id: items.record }], [DOCUMENTS.timeline, { workspaceId: id }]] as const) {
      expect((await priya.graphql(document, variables))).toMatchObject({ errors: [] });
    }
    expect(await snippets(priya)).toContainEqual(expect.stringContaining(BODY));
    expect((await priya.fetch(`/evidence/${items.exhibit}/content`)).status).toBe(200);
    expect(await codes(await afresh('priya.shah'), DOCUMENTS.item, { id: items.note })).toEqual(['purpose-required']);
    const other = await openCase(amira, ['northmoor-police']);
    const { id: note } = await perform<Item>(amira, 'addNote', { workspaceId: other.id, title: 'Another', body: BODY, marking: OFFICIAL_SENSITIVE });
    expect(await codes(priya, DOCUMENTS.item, { id: note })).toEqual(['purpose-required']);
  });

  it('is stated by opening the investigation, for what it is opened for', async () => {
    expect(await purposesOf(amira)).toMatchObject({ statedPurpose: CLAUSE.purpose });
    expect(await codes(await afresh('amira.rahman'), DOCUMENTS.items, { workspaceId: id })).toEqual(['purpose-required']);
  });

  it('stands in the entry of everything read from then on, in the place of what the clause says, until another is stated', async () => {
    const tom = await afresh('tom.bell');
    await tom.graphql(DOCUMENTS.item, { id: items.note });
    await state(tom, LEADS);
    await tom.graphql(DOCUMENTS.item, { id: items.note });
    await tom.graphql(DOCUMENTS.workspace, { id });
    await tom.graphql('query ($id: ID!) { accessLog(workspaceId: $id, first: 1) { nodes { id } } }', { id });
    await state(tom, CLAUSE.purpose);
    await tom.graphql(DOCUMENTS.items, { workspaceId: id });
    const { rows } = await world.superuser.query(
      `SELECT verb, outcome, purpose, body::jsonb ->> 'policy' AS policy FROM ledger_entry WHERE person_name = 'Tom Bell' AND workspace_id = $1 AND verb <> 'session.sign-in' ORDER BY at`, [id]);
    const lead = 'lead-agency';
    expect(rows.slice(-7)).toEqual([
      { verb: 'item.read', outcome: 'refused', purpose: CLAUSE.purpose, policy: 'no-purpose-stated' },
      { verb: 'purpose.state', outcome: 'done', purpose: LEADS, policy: lead },
      { verb: 'item.read', outcome: 'done', purpose: LEADS, policy: lead },
      { verb: 'workspace.read', outcome: 'done', purpose: LEADS, policy: lead },
      { verb: 'access-log.read', outcome: 'done', purpose: LEADS, policy: lead },
      { verb: 'purpose.state', outcome: 'done', purpose: CLAUSE.purpose, policy: lead },
      { verb: 'item.read', outcome: 'done', purpose: CLAUSE.purpose, policy: lead },
    ]);
  });

  it('is asked for again when the agency is a member under another clause, for what that one is for', async () => {
    const other = await openCase(amira, ['northmoor-police']);
    const { id: note } = await perform<Item>(amira, 'addNote', { workspaceId: other.id, title: 'Another', body: BODY, marking: OFFICIAL_SENSITIVE });
    const priya = await afresh('priya.shah');
    await state(priya, CLAUSE.purpose, other.id);
    expect(await codes(priya, DOCUMENTS.item, { id: note })).toEqual([]);
    const { rows: [clause] } = await world.superuser.query<{ purpose: string }>(
      `UPDATE workspace_member m SET clause_id = c.id, purpose = c.purpose FROM agreement_clause c
        WHERE m.workspace_id = $1 AND m.agreement_id = c.agreement_id AND c.code = '4.2' RETURNING c.purpose`, [other.id]);
    expect(await codes(priya, DOCUMENTS.item, { id: note })).toEqual(['purpose-required']);
    expect(await purposesOf(priya, other.id)).toEqual({ purposes: [clause?.purpose], statedPurpose: null });
    expect(await state(priya, CLAUSE.purpose, other.id)).toMatchObject({ code: 'invalid' });
    await state(priya, clause?.purpose ?? '', other.id);
    expect(await codes(priya, DOCUMENTS.item, { id: note })).toEqual([]);
  });

  it('is found by its own session alone, whatever the application asks the database for', async () => {
    const { rows: sessions } = await world.superuser.query<{ session: string; agency: string; roles: string[] }>(
      'SELECT DISTINCT s.id AS session, s.agency_id AS agency, s.roles FROM session s JOIN stated_purpose p ON p.session_id = s.id');
    expect(sessions.length).toBeGreaterThan(1);
    for (const { session, agency, roles } of [...sessions, { session: '', agency: sessions[0]?.agency ?? '', roles: sessions[0]?.roles ?? [] }]) {
      await world.superuser.query('BEGIN; SET LOCAL ROLE concordat_app');
      await world.superuser.query(`SELECT set_config('concordat.session', $1, true), set_config('concordat.agency', $2, true), set_config('concordat.roles', $3, true)`, [session, agency, roles.join(',')]);
      const { rows } = await world.superuser.query<{ session_id: string }>('SELECT DISTINCT session_id FROM stated_purpose');
      await world.superuser.query('ROLLBACK');
      expect(rows).toEqual(session === '' ? [] : [{ session_id: session }]);
    }
  });

  it('is asked for as high as the deployment says: of what is OFFICIAL not here, and of all of it where it says so', async () => {
    const low = await openCase(amira, ['northmoor-police', 'northmoor-fire'], { marking: OFFICIAL });
    const open = await perform<Item>(amira, 'addNote', { workspaceId: low.id, title: 'Opening hours', body: BODY, marking: OFFICIAL });
    const [priya, frank] = [await afresh('priya.shah'), await afresh('frank.moss')];
    const asked = async (who: Visitor): Promise<unknown> => [await codes(who, DOCUMENTS.item, { id: open.id }), await codes(who, DOCUMENTS.items, { workspaceId: low.id })];
    expect(await asked(priya)).toEqual([[], []]);
    await perform(amira, 'addNote', { workspaceId: low.id, title: 'For the police', body: BODY, marking: onlyFor(agencies['northmoor-police'] ?? '') });
    // Of a list it depends on what this reader sees, and on nothing else.
    expect(await asked(priya)).toEqual([[], ['purpose-required']]);
    expect(await asked(frank)).toEqual([[], []]);
    const port = String(await freePort());
    const strict = await startChild('run/main.js', { ...world.env, PORT: port, BASE_URL: world.baseUrl, PURPOSE_REQUIRED_FROM: 'official' }, 'The portal is ready');
    expect(await asked(new Visitor(`http://localhost:${port}`, frank.cookie))).toEqual([['purpose-required'], ['purpose-required']]);
    await strict.stop();
  });
});

describe('the page that asks', () => {
  it('stands before the page that was asked for, and leads on to it', async () => {
    const priya = new Reader(await afresh('priya.shah'));
    const asked = `${paths.record.to({ id })}?kind=note`;
    const sent = await priya.open(asked);
    const form = paths.purpose.to({ id }, { back: asked });
    expect([sent.status, sent.headers.get('location')]).toEqual([303, form]);
    const none = await priya.fill(form, {});
    expect([none.status, none.problems]).toEqual([422, [{ field: 'purpose', text: 'Select what you are reading this investigation for' }]]);
    const gone = await priya.fill(form, { purpose: CLAUSE.purpose });
    expect([gone.status, gone.headers.get('location')]).toEqual([303, asked]);
    const shown = await priya.open(asked);
    expect([shown.status, shown.main.includes(BODY)]).toEqual([200, true]);
    expect(shown.html).toMatch(new RegExp(`You read it for</dt><dd>${CLAUSE.purpose} <a [^>]*href="${paths.purpose.to({ id })}"`));
    for (const page of [paths.overview.to({ id }), paths.exhibit.to({ id, exhibitId: items.exhibit }), paths.timeline.to({ id })]) expect((await priya.open(page)).status).toBe(200);
  });

  it('stands before every page that shows items, and is not there for whoever sees no such investigation', async () => {
    const [priya, sam] = [new Reader(await afresh('priya.shah')), new Reader(await afresh('sam.stone'))];
    const to = { id, itemId: items.note, exhibitId: items.exhibit, recordId: items.record };
    const absent = (await sam.open('/there/is/nothing/here')).html;
    for (const path of [paths.overview, paths.record, paths.editRecord, paths.evidence, paths.exhibit, paths.viewExhibit, paths.caseHolds, paths.keeping, paths.reviewDisclosure, paths.disclosure, paths.timeline, paths.itemSight, paths.recordCustody, paths.newBundle]) {
      const address = path.to(to);
      const { status, headers } = await priya.open(address);
      expect({ address, status, to: headers.get('location') }).toEqual({ address, status: 303, to: paths.purpose.to({ id }, { back: address }) });
      expect({ address, html: (await sam.open(address)).html }).toEqual({ address, html: absent });
    }
    expect((await sam.open(paths.purpose.to({ id }))).html).toBe(absent);
  });

  it.each(['https://elsewhere.example/', '//elsewhere.example', '/\\elsewhere.example', '/audit', '/investigations', 'javascript:alert(1)', '/investigations/ID/../../audit', '/investigations/ID\n/x', '/investigations/IDx', ''])('leads to the investigation, and nowhere else, when told to go to %j', async (told) => {
    const tom = new Reader(await world.signIn('tom.bell'));
    const { headers, status } = await tom.fill(paths.purpose.to({ id }), { purpose: LEADS, back: told.replace('ID', id) });
    expect([status, headers.get('location')]).toEqual([303, paths.overview.to({ id })]);
  });
});
