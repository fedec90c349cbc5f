import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { VERBS, categoryOf, isVerb, POLICY_VERSION, type Verb } from '../../libs/policy/index.js';
import { AGREEMENT } from '../../src/demonstration/borough.js';
import { RECORDING } from '../../src/ledger/domain/recording.js';
import { agencyIds, clauseIds, findingInput, openingInput, OFFICIAL_SENSITIVE, openCase, perform } from '../builders/case.js';
import { stateReason } from '../builders/auditor.js';
import { unusualUse } from '../builders/planted-entry.js';
import { runChild } from '../builders/child.js';
import { beginMonths, monthAgo } from '../builders/months.js';
import type { Visitor } from '../builders/visitor.js';
import { everyOperation, schemaOf, type Operation } from '../security/whole-schema.js';
import { AlertWorld, eventually } from './alert-case.js';
import { act as custody, thing } from './custody-scene.js';
import { review, scheduleOf } from './disclosure-scene.js';
import { keep } from './keeping-scene.js';
import { deposit, newFile, ticketFor } from './evidence-scene.js';

jest.setTimeout(120_000);

/** Stands in everything that is content; no entry may hold a second copy of any. */
const CONTENT = 'Quagmire';

interface Body {
  readonly verb: string;
  readonly category: string;
  readonly outcome: string;
  readonly policyVersion: string;
  readonly actor: Readonly<Record<string, unknown>> | null;
  readonly system?: string;
  readonly agencyCode?: string;
  readonly lacks?: readonly string[];
  readonly [part: string]: unknown;
}

type Told = Readonly<Record<string, unknown>> | undefined;
const has = (told: unknown, ...names: readonly string[]): boolean => names.every((name) => typeof (told as Told)?.[name] === 'string' && (told as Told)?.[name] !== '');

/** What the table asks for, looked for in an entry as it is stored, apart from how the product looks for it. */
const STORED: Readonly<Record<string, (body: Body) => boolean>> = {
  subject: (body) => has(body['subject'], 'kind', 'id'),
  'as-it-was': (body) => has(body['subject'], 'title', 'marking', 'owner'),
  case: (body) => has(body['workspace'], 'id', 'reference'),
  purpose: (body) => has(body, 'purpose'),
  clause: (body) => has(body, 'agreement', 'clause') || /lead-agency|own-agency/.test(String(body['policy'])) || Array.isArray((body['details'] as Told)?.['cases']),
  decision: (body) => has(body, 'policy'),
  recipients: (body) => Array.isArray(body['recipients']),
  fields: (body) => Array.isArray((body['details'] as Told)?.['fields']) && ((body['details'] as Told)?.['fields'] as unknown[]).length > 0,
  count: (body) => Number.isInteger((body['details'] as Told)?.['count']),
};

/** Verbs without an act that could be done here. */
const NOT_DONE: Readonly<Record<string, string>> = {
  'exhibit.scan': 'only where malware is found; test/api/malware.spec.ts holds it to its line',
  'exhibit.review': 'only of what is kept sealed; test/api/malware.spec.ts holds it to its line',
  'bundle.make': 'sent as a form; test/api/bundle.spec.ts holds it to its line',
  'bundle.end': 'streamed over HTTP; test/api/bundle.spec.ts holds it to its line',
  'ledger.end-export': 'streamed over HTTP; test/api/ledger-export.spec.ts holds it to its line',
};

describe('what is recorded', () => {
  let scene: AlertWorld;
  let ids: Readonly<Record<string, string>>;
  let people: Readonly<Record<'amira' | 'priya' | 'alex' | 'gwen' | 'ruth', Visitor>>;

  beforeAll(async () => {
    scene = await AlertWorld.start();
    const { world } = scene;
    // Before anything is recorded, and reaching back beyond all of it, whatever day of the month it is.
    await beginMonths(world.superuser, monthAgo(2));
    const [amira, priya, alex] = [await world.signIn('amira.rahman'), await world.signIn('priya.shah'), await world.signIn('alex.ward')];
    const [gwen, ruth] = [await world.signIn('gwen.price'), await world.signIn('ruth.adams')];
    people = { amira, priya, alex, gwen, ruth };
    const [agencies, clauses] = [await agencyIds(amira), await clauseIds(amira)];
    const { id: workspace, reference } = await openCase(amira, ['northmoor-police'], { summary: CONTENT });
    const { id: record } = await perform<{ id: string }>(amira, 'saveRecord', { workspaceId: workspace, title: 'A', body: CONTENT, marking: OFFICIAL_SENSITIVE });
    await perform(amira, 'recordFinding', findingInput(workspace, { narrative: CONTENT }));
    const exhibit = await deposit(amira, workspace, newFile(1_000), { description: CONTENT });
    const police = agencies['northmoor-police'] ?? '';
    const taken = await deposit(amira, workspace, newFile(1_000), { description: CONTENT });
    await amira.ask('mutation ($input: RecallExhibitInput!) { recallExhibit(input: $input) { __typename } }', { input: { exhibitId: taken, agencyId: police, reason: 'A mistake' } });
    const [recalled] = await scene.rows<{ id: string }>('SELECT id FROM exhibit_recall');
    const offered = await deposit(amira, workspace, newFile(10));
    await custody(amira, 'offerCustody', { exhibitId: offered, agencyId: agencies['northmoor-police'] });
    const [spare, doomed] = [await deposit(amira, workspace, newFile(10)), await deposit(amira, workspace, newFile(10))];
    const { id: hold } = await keep(amira, 'placeHold', { workspaceId: workspace, exhibitId: exhibit, reason: 'Inquest' });
    await keep(amira, 'proposeDisposal', { exhibitId: doomed, rule: 'council-6', reason: 'Over' });
    const [listed, ending] = [(await openCase(amira)).id, (await openCase(amira, ['northmoor-police'])).id];
    await review(amira, await deposit(amira, listed, newFile(10)));
    const { state } = await scheduleOf(amira, listed);
    const ticket = (await ticketFor(amira, workspace, newFile(10))).id;
    const alert = await eventually('the alert of the police', async () => (await priya.ask<{ alerts: { nodes: { id: string }[] } }>('{ alerts { nodes { id } } }')).alerts.nodes[0]?.id);
    const entry = (await entries())[0]?.['id'];
    await stateReason(alex);
    const kept = await alex.ask<{ saveAuditSearch: { id: string } }>('mutation { saveAuditSearch(name: "Refusals", filter: {}) { ... on AuditSearch { id } } }');
    ids = { workspace, record, exhibit, police, offered, spare, doomed, listed, ending, state, hold: hold ?? '', recalled: recalled?.id ?? '', ticket, alert, entry: String(entry), kept: kept.saveAuditSearch.id, ...(await usesIn({ id: workspace, reference })), ...(await changesOfKeys()), fire: agencies['northmoor-fire'] ?? '', clause: clauses['4.1'] ?? '' };
  }, 180_000);
  afterAll(() => scene.stop());

  /** Three reads that want an explanation of the council: one nobody was asked about, one Gwen was, and one she has answered. */
  async function usesIn(shared: { readonly id: string; readonly reference: string }): Promise<Readonly<Record<'unasked' | 'asked' | 'answered' | 'gwen', string>>> {
    const [unasked, asked, answered] = [
      await unusualUse(scene.world, shared, 'Amira Rahman', lateAgo(4)), await unusualUse(scene.world, shared, 'Amira Rahman', lateAgo(3)),
      await unusualUse(scene.world, shared, 'Amira Rahman', lateAgo(2)),
    ];
    const [person] = await scene.rows<{ id: string }>(`SELECT id FROM person WHERE display_name = 'Gwen Price'`);
    await scene.rows('UPDATE unusual_use_side SET assignee_id = $1, assignee_name = $2, assigned_at = now() WHERE unusual_use_id = ANY ($3)', [person?.id, 'Gwen Price', [asked, answered]]);
    await scene.rows('UPDATE unusual_use_side SET answer = $1, answered_at = now() WHERE unusual_use_id = $2', ['Called out', answered]);
    return { unasked, asked, answered, gwen: person?.id ?? '' };
  }

  /** A change of keys that waits at the police and one at the council, each proposed by somebody who is not asked here. */
  async function changesOfKeys(): Promise<Readonly<Record<'ofPolice' | 'ofCouncil', string>>> {
    const planted = (name: string): Promise<{ id: string }[]> => scene.rows<{ id: string }>(
      `INSERT INTO key_change (id, agency_id, kind, reason, proposed_by, proposed_by_name, proposed_at)
       SELECT gen_random_uuid(), agency_id, 'renew', 'A new year', id, display_name, now() FROM person WHERE display_name = $1 RETURNING id`, [name]);
    const [[police], [council]] = [await planted('Priya Shah'), await planted('Amira Rahman')];
    return { ofPolice: police?.id ?? '', ofCouncil: council?.id ?? '' };
  }

  async function entries(): Promise<Body[]> {
    return (await scene.rows<{ body: string }>(`SELECT body FROM ledger_entry WHERE correlation <> 'planted' ORDER BY at`)).map(({ body }) => JSON.parse(body) as Body);
  }

  const MARKED = { title: 'A', body: CONTENT, marking: OFFICIAL_SENSITIVE };
  /** Every root field of the schema: who asks it of what, and the verb it must leave done; none where the table says it leaves none. */
  const ACTS: Readonly<Record<string, { by?: 'priya' | 'alex' | 'gwen' | 'ruth'; of?: string; input?: () => unknown; verb: Verb; silent?: string }>> = {
    accessLog: { of: 'workspace', verb: 'access-log.read' },
    agencies: { verb: 'agency.list' },
    agencyKeys: { by: 'gwen', verb: 'key.list' },
    agencyLog: { by: 'gwen', input: () => ({}), verb: 'agency-log.read' },
    agreements: { verb: 'agreement.list' },
    alert: { by: 'priya', of: 'alert', verb: 'alert.read' },
    alerts: { by: 'priya', verb: 'alert.read' },
    auditDesk: { by: 'alex', verb: 'ledger.search', silent: 'shows an auditor what she herself put there' },
    auditEntry: { by: 'alex', of: 'entry', verb: 'ledger.read' },
    auditLog: { by: 'alex', input: () => ({}), verb: 'ledger.search' },
    exhibit: { of: 'exhibit', verb: 'exhibit.read' },
    exhibitProof: { by: 'alex', of: 'exhibit', verb: 'proof.follow' },
    proveExhibit: { by: 'alex', of: 'exhibit', verb: 'exhibit.prove' },
    exhibits: { of: 'workspace', verb: 'exhibit.read' },
    exhibitSharing: { of: 'exhibit', verb: 'exhibit.sharing' },
    caseHolds: { of: 'workspace', verb: 'hold.list' },
    custodyOffers: { by: 'priya', verb: 'offer.list' },
    disclosureSchedule: { of: 'workspace', verb: 'disclosure.read' },
    exhibitDisclosure: { of: 'exhibit', verb: 'disclosure.read' },
    exhibitsToReview: { verb: 'retention.list' },
    identityProviders: { by: 'alex', verb: 'idp.read' },
    itemPast: { by: 'alex', of: 'record', verb: 'ledger.read' },
    itemSight: { by: 'alex', of: 'record', verb: 'ledger.read' },
    invitationPreview: { of: 'workspace', verb: 'item.read' },
    item: { of: 'record', verb: 'item.read' },
    ownSight: { of: 'record', verb: 'item.explain' },
    itemAudience: { of: 'record', verb: 'item.audience' },
    items: { of: 'workspace', verb: 'item.read' },
    ledgerHead: { by: 'alex', verb: 'ledger.read' },
    ledgerTimestamping: { by: 'alex', verb: 'ledger.read' },
    ledgerWitnessing: { by: 'alex', verb: 'ledger.read' },
    formerMembers: { of: 'workspace', verb: 'workspace.read' },
    membershipEnding: { of: 'workspace', verb: 'workspace.read' },
    me: { verb: 'session.read' },
    record: { of: 'record', verb: 'record.read' },
    recalls: { by: 'priya', verb: 'recall.list' },
    search: { verb: 'workspace.search' },
    timeline: { of: 'workspace', verb: 'item.read' },
    unusualUse: { by: 'gwen', of: 'asked', verb: 'unusual-use.read' },
    unusualUses: { by: 'gwen', verb: 'unusual-use.list' },
    uploadTicket: { of: 'ticket', verb: 'exhibit.request-upload', silent: 'tells a person of her own upload' },
    workspace: { of: 'workspace', verb: 'workspace.read' },
    workspaces: { verb: 'workspace.list' },
    acknowledgeAlert: { by: 'priya', of: 'alert', verb: 'alert.acknowledge' },
    addNote: { input: () => ({ workspaceId: ids['workspace'], ...MARKED }), verb: 'note.add' },
    classifyItem: { input: () => ({ id: ids['spare'], version: 1, marking: { ...OFFICIAL_SENSITIVE, sensitive: false }, reason: 'It names nobody' }), verb: 'item.classify' },
    deleteAuditSearch: { by: 'alex', of: 'kept', verb: 'ledger.drop-search' },
    saveAuditSearch: { by: 'alex', input: () => ({}), verb: 'ledger.save-search' },
    stateAuditReason: { by: 'alex', verb: 'ledger.state-reason' },
    approveKeyChange: { by: 'ruth', of: 'ofPolice', verb: 'key.approve' },
    proposeKeyChange: { by: 'ruth', input: () => ({ change: 'renew', publicKey: null, fingerprint: null, reason: 'Another year' }), verb: 'key.propose' },
    withdrawKeyChange: { by: 'gwen', of: 'ofCouncil', verb: 'key.withdraw' },
    answerRecall: { by: 'priya', input: () => ({ id: ids['recalled'], copies: 'none', answer: CONTENT }), verb: 'recall.answer' },
    recallExhibit: { input: () => ({ exhibitId: ids['exhibit'], agencyId: ids['police'], reason: 'A mistake' }), verb: 'exhibit.recall' },
    shareExhibit: { input: () => ({ exhibitId: ids['exhibit'], agencyId: ids['police'] }), verb: 'exhibit.share' },
    answerUnusualUse: { by: 'gwen', input: () => ({ id: ids['asked'], answer: CONTENT }), verb: 'unusual-use.answer' },
    assignUnusualUse: { by: 'gwen', input: () => ({ id: ids['unasked'], personId: ids['gwen'] }), verb: 'unusual-use.assign' },
    closeUnusualUse: { by: 'gwen', input: () => ({ id: ids['answered'], conclusion: 'explained', words: CONTENT }), verb: 'unusual-use.close' },
    checkLedger: { by: 'alex', verb: 'ledger.check' },
    inviteAgency: { input: () => ({ workspaceId: ids['workspace'], agencyId: ids['fire'], clauseId: ids['clause'], until: null }), verb: 'member.invite' },
    statePurpose: { input: () => ({ workspaceId: ids['workspace'], purpose: openingInput()['purpose'] }), verb: 'purpose.state' },
    endMembership: { input: () => ({ workspaceId: ids['ending'], agencyId: ids['police'], reason: 'No longer needed' }), verb: 'member.end' },
    openWorkspace: { input: () => openingInput({ summary: CONTENT }), verb: 'workspace.open' },
    proveLedger: { by: 'alex', verb: 'ledger.prove' },
    recordFinding: { input: () => findingInput(ids['workspace'] ?? '', { narrative: CONTENT }), verb: 'finding.record' },
    requestUpload: { input: () => ({ workspaceId: ids['workspace'], title: 'A', description: CONTENT, fileName: 'a.pdf', sizeBytes: 10, sha256: null, marking: OFFICIAL_SENSITIVE }), verb: 'exhibit.request-upload' },
    recordPhysicalExhibit: { input: () => thing(ids['workspace'] ?? '', { description: CONTENT, reason: CONTENT, location: CONTENT }), verb: 'exhibit.record-physical' },
    placeHold: { input: () => ({ workspaceId: ids['workspace'], exhibitId: ids['exhibit'], reason: CONTENT }), verb: 'hold.place' },
    liftHold: { input: () => ({ id: ids['hold'], reason: CONTENT }), verb: 'hold.lift' },
    proposeDisposal: { input: () => ({ exhibitId: ids['spare'], rule: 'council-6', reason: CONTENT }), verb: 'disposal.propose' },
    decideDisposal: { by: 'gwen', input: () => ({ exhibitId: ids['doomed'], approve: true, reason: CONTENT }), verb: 'disposal.decide' },
    setRetention: { input: () => ({ exhibitId: ids['exhibit'], group: 'council-6', reason: CONTENT }), verb: 'retention.set' },
    reviewForDisclosure: { input: () => ({ exhibitId: ids['exhibit'], class: 'sensitive-unused', result: 'withheld', ground: CONTENT, reason: CONTENT, seen: 0 }), verb: 'disclosure.review' },
    signDisclosureSchedule: { input: () => ({ workspaceId: ids['listed'], statement: CONTENT, state: ids['state'] }), verb: 'disclosure.sign' },
    recordCustody: { input: () => ({ exhibitId: ids['exhibit'], act: 'examined', reason: CONTENT, location: CONTENT }), verb: 'custody.record' },
    offerCustody: { input: () => ({ exhibitId: ids['exhibit'], agencyId: ids['police'], person: CONTENT, reason: CONTENT }), verb: 'custody.offer' },
    answerCustodyOffer: { input: () => ({ exhibitId: ids['offered'], answer: 'withdraw', reason: CONTENT }), verb: 'custody.answer' },
    saveRecord: { input: () => ({ workspaceId: ids['workspace'], id: ids['record'], version: 1, ...MARKED }), verb: 'record.save' },
  };
  const TEXTS: Readonly<Record<string, unknown>> = { text: 'kitchen', tab: 'all', state: 'all', status: null, after: null, first: 5, kind: null, version: null, from: '0', name: 'Reads of partners', reason: 'A check' };
  const MOMENTS: Readonly<Record<string, string>> = { at: '2099-01-01T00:00:00Z', from: '2026-01-01T00:00:00Z', to: '2099-01-01T00:00:00Z' };

  async function tryOut({ field, text, variables }: Operation): Promise<readonly string[]> {
    const act = ACTS[field];
    if (act === undefined) throw new Error(`Say in this spec what ${field} records`);
    const given = act.input === undefined ? {} : { ['filter' in variables ? 'filter' : 'input']: act.input() };
    // The worker's entries come when they come, and with an earlier time than some that are there.
    const before = new Set((await entries()).map(({ id }) => id));
    const data = await people[act.by ?? 'amira'].ask(text, { ...variables, ...given });
    expect({ field, refused: JSON.stringify(data).includes('"Refused"'), absent: data[field] === null }).toEqual({ field, refused: false, absent: false });
    return (await entries()).filter(({ id, system }) => !before.has(id) && system === undefined).map(({ verb, outcome }) => `${verb} ${outcome}`);
  }

  it('is what the table says, for every field of the schema', async () => {
    const fill = (field: string) => (name: string, type: string): unknown => (type === 'DateTime' ? MOMENTS[name] : type === 'Boolean' ? false : name in TEXTS ? TEXTS[name] : ids[name === 'agencyId' ? (field === 'invitationPreview' ? 'fire' : 'police') : name === 'clauseId' ? 'clause' : ACTS[field]?.of ?? ''] ?? null);
    const schema = await schemaOf(scene.world.stranger());
    const fields = everyOperation(schema, () => null).map(({ field }) => field);
    expect(fields.toSorted()).toEqual(Object.keys(ACTS).toSorted());
    for (const field of fields) {
      const [operation] = everyOperation(schema, fill(field)).filter((one) => one.field === field);
      if (operation === undefined) throw new Error(field);
      const { verb, silent } = ACTS[field] ?? { verb: 'page.read' };
      const expected = silent !== undefined || 'leavesNone' in RECORDING[verb] ? [] : [`${verb} done`];
      expect({ field, recorded: await tryOut(operation) }).toEqual({ field, recorded: expected });
    }
  });

  it('is what the table says outside the schema: opening an exhibit, taking a sealed copy, signing out, the operator\'s commands', async () => {
    const { world } = scene;
    expect((await people.amira.fetch(`/evidence/${ids['exhibit'] ?? ''}/content`)).status).toBe(200);
    expect((await people.amira.fetch(`/evidence/${ids['exhibit'] ?? ''}/sealed`)).status).toBe(200);
    expect((await people.amira.fetch(`/evidence/documents/${ids['workspace'] ?? ''}/exhibits/csv`)).status).toBe(200);
    expect((await people.alex.fetch(`/ledger/entry/${ids['entry'] ?? ''}`)).status).toBe(200);
    const leaving = await world.signInAgain('tom.bell');
    const csrf = /name="csrf" value="([^"]+)"/.exec(await (await leaving.fetch('/my-work')).text())?.[1] ?? '';
    expect((await leaving.fetch('/sign-out', { method: 'POST', body: new URLSearchParams({ csrf }) })).status).toBe(303);
    await world.signIn('helen.ito');
    const [helen] = await scene.rows<{ session: string; person: string }>(
      `SELECT s.id AS session, p.id AS person FROM session s JOIN person p ON p.id = s.person_id WHERE p.display_name = 'Helen Ito'`);
    const [signIn] = await scene.rows<{ id: string }>(`SELECT e.id FROM ledger_entry e JOIN ledger_leaf l ON l.entry_id = e.id WHERE e.verb = 'session.sign-in' ORDER BY l.index LIMIT 1`);
    const post = ['--agency', 'wexcombe', '--name', 'Night desk'];
    for (const args of [
      ['session', 'end', helen?.session ?? ''], ['person', 'disable', helen?.person ?? ''],
      ['duty-post', 'open', ...post, '--email', 'night@wexcombe.example'], ['duty-post', 'close', ...post],
      ['agreement', 'import', agreementFile({ ...AGREEMENT, reference: 'ISA-2026-02' })], ['agreement', 'end', 'ISA-2026-02'],
      ['ledger', 'erase', signIn?.id ?? '', '--reason', 'Recorded by mistake', '--by', 'The data protection officer'],
      ['ledger', 'retire', '--before', monthAgo(1), '--reason', 'Kept long enough', '--by', 'The data protection officer'],
    ]) {
      expect(await runChild('run/cli.js', { ...world.env, DATABASE_URL: world.database.ownerUrl, LEDGER_KEEP_MONTHS: '1' }, args)).toMatchObject({ code: 0 });
    }
  });

  it('holds, for every verb that can be done, what the table asks of it, and says of no entry that it lacks anything', async () => {
    await eventually('exhibits given to the new key of the police', async () => (await entries()).some(({ verb }) => verb === 'key.rewrap'));
    await eventually('what was found of the exhibit an auditor asked for', async () => (await entries()).some(({ verb }) => verb === 'exhibit.scrub'));
    await eventually('the mail about the alert', async () => (await entries()).some(({ verb }) => verb === 'alert.send'));
    const all = await entries();
    const done = all.filter(({ outcome }) => outcome === 'done');
    const missing = done.flatMap((body) => partsOf(body.verb).filter((part) => STORED[part]?.(body) !== true).map((part) => `${body.verb}: ${part}`));
    expect([...new Set(missing)]).toEqual([]);
    expect(all.filter(({ lacks }) => lacks !== undefined).map(({ verb, lacks }) => ({ verb, lacks }))).toEqual([]);
    const recorded = (Object.keys(VERBS) as Verb[]).filter((verb) => 'carries' in RECORDING[verb] && !(verb in NOT_DONE));
    expect([...new Set(done.map(({ verb }) => verb))].toSorted()).toEqual(recorded.toSorted());
  });

  it('says of every entry who, under which category and under which policy', async () => {
    for (const body of await entries()) {
      expect(isVerb(body.verb) && categoryOf(body.verb)).toBe(body.category);
      expect(body.policyVersion).toBe(POLICY_VERSION);
      const who = body.actor === null ? has(body, 'system') || has(body, 'agencyCode') : has(body.actor, 'person', 'name', 'agency', 'agencyName', 'session', 'idp') && Array.isArray(body.actor['roles']);
      expect({ verb: body.verb, who }).toEqual({ verb: body.verb, who: true });
    }
  });

  it('is never a second copy of what was written or read', async () => {
    const { rows } = await scene.world.superuser.query('SELECT verb FROM ledger_entry WHERE position($1 IN body) > 0', [CONTENT]);
    expect(rows).toEqual([]);
  });
});

/** Late in the evening, some days ago: of another night than this one, in which whoever runs the tests may be reading herself. */
function lateAgo(days: number): string {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() - days, 23)).toISOString();
}

function agreementFile(agreement: unknown): string {
  const file = join(mkdtempSync(join(tmpdir(), 'concordat-agreement-')), 'agreement.json');
  writeFileSync(file, JSON.stringify(agreement));
  return file;
}

function partsOf(verb: string): readonly string[] {
  const recording = isVerb(verb) ? RECORDING[verb] : undefined;
  return recording !== undefined && 'carries' in recording ? recording.carries : [];
}
