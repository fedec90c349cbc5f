import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { must, Role, type ActorRef, type EntryId, type WorkspaceId } from '../../libs/kernel/index.js';
import { verifyProofFile } from '../../libs/tlog/index.js';
import { LedgerIntake, sequenceBatch } from '../../src/ledger/index.js';
import { StateReason } from '../../src/ledger/commands/state-reason.js';
import { AuditLog } from '../../src/ledger/queries/audit-log.js';
import { AuditorReading, REASON_NEEDED } from '../../src/ledger/queries/auditor-reading.js';
import type { EntryView } from '../../src/ledger/queries/present-entry.js';
import type { AuditFilter } from '../../src/ledger/store/narrowing.js';
import { KEY, LedgerScene, somebody } from './ledger-scene.js';

jest.setTimeout(60_000);

const FIRST = { first: 100, after: undefined };
const details = (entry: EntryView | undefined): unknown => JSON.parse(entry?.details ?? 'null');

describe('reading the ledger', () => {
  let scene: LedgerScene;
  let audit: AuditLog;
  const log = {
    search: async (...asked: Parameters<AuditLog['search']>) => must(await audit.search(...asked)),
    entry: async (...asked: Parameters<AuditLog['entry']>) => must(await audit.entry(...asked)),
    access: async (...asked: Parameters<AuditLog['access']>) => must(await audit.access(...asked)),
    head: (...asked: Parameters<AuditLog['head']>) => audit.head(...asked),
  };
  const workspaceId = randomUUID() as unknown as WorkspaceId;
  const agreementId = randomUUID();
  const clauseId = randomUUID();
  const sharedItem = randomUUID();
  const policeItem = randomUUID();
  const councilItem = randomUUID();
  const council = somebody('Amira Rahman');
  const police: ActorRef = { ...somebody('Priya Shah'), agencyName: 'Northmoor Police', agencyCode: 'northmoor-police', roles: [Role.PoliceOfficer] };
  const stranger: ActorRef = { ...somebody('Sam Stone'), agencyName: 'Wexcombe', agencyCode: 'wexcombe' };
  const auditor: ActorRef = { ...somebody('Alex Ward'), agencyName: 'Public Audit', agencyCode: 'public-audit', roles: [Role.Auditor] };
  const otherSession = randomUUID() as unknown as ActorRef['sessionId'];
  const as = (actor: ActorRef) => ({ actor, correlationId: 'test' });

  beforeAll(async () => {
    scene = await LedgerScene.open();
    audit = new AuditLog(scene.unitOfWork, new LedgerIntake(), new AuditorReading(scene.unitOfWork, new LedgerIntake()));
    const { superuser } = scene;
    for (const { agencyId, agencyCode, agencyName } of [council, police, stranger, auditor]) {
      await superuser.query(`INSERT INTO agency (id, code, name, kind) VALUES ($1, $2, $3, 'other')`, [agencyId, agencyCode, agencyName]);
    }
    await superuser.query(`SET session_replication_role = 'replica'`);
    await superuser.query(
      `INSERT INTO agreement (id, reference, title, status, valid_from, valid_to, ceiling_tier, ceiling_sensitive)
       VALUES ($1, 'ISA-1', 'One', 'live', now() - interval '1 day', now() + interval '1 year', 1, true)`, [agreementId]);
    await superuser.query(`INSERT INTO agreement_party VALUES ($1, $2), ($1, $3)`, [agreementId, council.agencyId, police.agencyId]);
    await superuser.query(
      `INSERT INTO agreement_clause VALUES ($1, $2, '4.1', 'Protecting the public', 'CDA115', 'case', 'Words')`, [clauseId, agreementId]);
    await superuser.query(
      `INSERT INTO workspace (id, reference, title, summary, business, lead_agency_id, tier, sensitive, purpose, created_by, created_by_name)
       VALUES ($1, 'ABC-2026-0001', 'T', 'S', '{}', $2, 1, true, 'P', $3, 'Amira')`, [workspaceId, council.agencyId, council.personId]);
    await superuser.query(
      `INSERT INTO workspace_member (workspace_id, agency_id, agreement_id, clause_id, purpose, invited_by, invited_by_name, valid_from)
       VALUES ($1, $2, $3, $4, 'Protecting the public', $5, 'Amira', now() - interval '1 hour'),
         ($1, $6, NULL, NULL, NULL, $5, 'Amira', now() - interval '1 hour')`,
      [workspaceId, police.agencyId, agreementId, clauseId, council.personId, council.agencyId]);
    for (const [id, to] of [[sharedItem, null], [policeItem, [police.agencyId]]]) {
      await superuser.query(
        `INSERT INTO item (id, workspace_id, kind, title, originator_agency_id, tier, sensitive, releasable_to, created_by, created_by_name, created_at, updated_at, words)
         VALUES ($1, $2, 'note', 'Seen by all', $3, 1, false, $4, $5, 'Priya', now(), now(), '')`, [id, workspaceId, police.agencyId, to, police.personId]);
    }
    for (const { personId, agencyId, sessionId } of [auditor, { ...auditor, sessionId: otherSession }]) {
      await superuser.query(
        `INSERT INTO session (id, token_hash, person_id, agency_id, roles, created_at, last_seen_at, absolute_expires_at)
         VALUES ($1, $2, $3, $4, '{auditor}', now(), now(), now() + interval '1 hour')`, [sessionId, randomBytes(32), personId, agencyId]);
    }
    await superuser.query(`SET session_replication_role = 'origin'`);
    await record();
    await state('The monthly check');
  }, 120_000);
  afterAll(() => scene.close());

  const state = async (reason: string): Promise<unknown> => must(await new StateReason(scene.unitOfWork, new LedgerIntake()).execute(as(auditor), reason));

  async function record(): Promise<void> {
    const subject = (id: string, title: string) => ({ kind: 'note', id, title, marking: 'OFFICIAL' });
    await scene.record({ verb: 'workspace.open', workspaceId, purpose: 'Unsafe food premises' }, council);
    await scene.record({ verb: 'note.add', workspaceId, subject: subject(sharedItem, 'Seen by all') }, police);
    await scene.record({ verb: 'note.add', workspaceId, subject: subject(policeItem, 'For the police alone') }, police);
    await scene.record({ verb: 'workspace.read', workspaceId, details: { items: [sharedItem, policeItem], count: 2 }, clause: '4.1', recipients: ['x'] }, police);
    await scene.record({ verb: 'item.read', workspaceId, subject: subject(sharedItem, 'Seen by all'), purpose: '100% of _it' }, council);
    await scene.record({ verb: 'workspace.read', outcome: 'refused', workspaceId, policy: 'not-a-member' }, stranger);
    await sequenceBatch(await scene.worker(), KEY, () => new Date());
  }

  const search = async (filter: AuditFilter): Promise<readonly EntryView[]> => {
    const page = await log.search(as(auditor), filter, FIRST);
    return page.entries.filter(({ category }) => category !== 'audit');
  };
  const verbsOf = (entries: readonly EntryView[]): readonly string[] => entries.map(({ verb }) => verb).reverse();

  it('shows an auditor every act, newest first, with what was recorded at the time', async () => {
    const entries = await search({});
    expect(verbsOf(entries)).toEqual(['workspace.open', 'note.add', 'note.add', 'workspace.read', 'item.read', 'workspace.read']);
    expect(entries[5]).toMatchObject({
      person: 'Amira Rahman', agency: 'Ashworth Borough Council', roles: ['environmental-health-officer'], outcome: 'done',
      category: 'collection', workspaceReference: 'ABC-2026-0001', purpose: 'Unsafe food premises', index: 0, proof: null,
    });
    // A workspace hidden from the actor is recorded by the id she asked for, without its reference.
    expect(entries[0]).toMatchObject({ person: 'Sam Stone', outcome: 'refused', workspaceReference: null, reason: 'not-a-member' });
  });

  it.each<[string, AuditFilter, readonly string[]]>([
    ['part of a name', { person: 'pRiYa' }, ['note.add', 'note.add', 'workspace.read']],
    ['a person id', { person: police.personId }, ['note.add', 'note.add', 'workspace.read']],
    ['an agency', { agencyCode: 'wexcombe' }, ['workspace.read']],
    ['a verb', { verb: ['note.add'] }, ['note.add', 'note.add']],
    ['a category', { category: ['collection'] }, ['workspace.open', 'note.add', 'note.add']],
    ['an outcome', { outcome: 'refused' }, ['workspace.read']],
    ['a workspace', { workspaceReference: 'ABC-2026-0001', agencyCode: 'ashworth' }, ['workspace.open', 'item.read']],
    ['an item, its own acts and those it was read along with', { itemId: policeItem }, ['note.add', 'workspace.read']],
    ['a clause', { clause: '4.1' }, ['workspace.read']],
    ['part of a purpose', { purpose: 'FOOD' }, ['workspace.open']],
    ['a purpose with what would be wildcards', { purpose: '100% of _' }, ['item.read']],
    ['only wildcards', { purpose: '%' }, ['item.read']],
    ['several verbs', { verb: ['workspace.open', 'item.read'] }, ['workspace.open', 'item.read']],
    ['several categories', { category: ['collection', 'alteration'] }, ['workspace.open', 'note.add', 'note.add']],
    ['a verb of another category', { verb: ['note.add'], category: ['consultation'] }, []],
    ['words of a title, the last of them begun', { subject: 'ALONE pol' }, ['note.add']],
    ['words of a title, another of them begun', { subject: 'alo police' }, []],
    ['a title in any order', { subject: 'all seen' }, ['note.add', 'item.read']],
    ['what is no word', { subject: '!&|:*' }, []],
    ['the request it belonged to', { correlation: 'none' }, []],
    ['an empty list', { verb: [] }, []],
    ['a time before anything', { to: new Date(0) }, []],
    ['a time after everything', { from: new Date(Date.now() + 1e9) }, []],
    ['SQL', { person: `' OR true --` }, []],
  ])('narrows by %s', async (_, filter, verbs) => {
    expect(verbsOf(await search(filter))).toEqual(verbs);
  });

  it('shows nothing to an auditor who has not said in this session why she looks, and records that she tried', async () => {
    const elsewhere = as({ ...auditor, sessionId: otherSession });
    const [known] = await search({ verb: ['workspace.open'] });
    const needed = { ok: false, error: REASON_NEEDED };
    expect(await audit.search(elsewhere, {}, FIRST)).toEqual(needed);
    expect(await audit.entry(elsewhere, known?.id ?? '')).toEqual(needed);
    expect(await audit.access(elsewhere, workspaceId, FIRST)).toEqual(needed);
    const { entries } = await log.search(as(auditor), { outcome: 'refused', category: ['audit'] }, FIRST);
    expect(entries.slice(0, 3).map(({ verb, reason }) => [verb, reason])).toEqual(
      ['access-log.read', 'ledger.read', 'ledger.search'].map((verb) => [verb, 'no-reason-stated']));
  });

  it('records the reason with each search and each entry opened, and the new one after a change', async () => {
    const [known] = await search({ verb: ['workspace.open'] });
    await log.entry(as(auditor), known?.id ?? '');
    await state('Complaint 12');
    await log.entry(as(auditor), known?.id ?? '');
    const { entries } = await log.search(as(auditor), { verb: ['ledger.read'], outcome: 'done' }, { first: 2, after: undefined });
    expect(entries.map(({ reason }) => reason)).toEqual(['Complaint 12', 'The monthly check']);
    const [own] = (await log.search(as(auditor), { verb: ['ledger.search'] }, { first: 1, after: undefined })).entries;
    expect(own?.reason).toBe('Complaint 12');
    await state('The monthly check');
  });

  it('pages without losing or repeating an entry', async () => {
    const to = new Date();
    const whole = await log.search(as(auditor), { to }, FIRST);
    const seen: string[] = [];
    let after: { at: string; id: string } | undefined;
    for (let page = await log.search(as(auditor), { to }, { first: 2, after }); ; page = await log.search(as(auditor), { to }, { first: 2, after })) {
      seen.push(...page.entries.map(({ id }) => id));
      const last = page.entries.at(-1);
      if (!page.hasNextPage || last === undefined) break;
      after = { at: last.at.toISOString(), id: last.id };
    }
    expect(seen).toEqual(whole.entries.map(({ id }) => id));
  });

  it('proves an entry to anybody who holds the public key', async () => {
    const [entry] = await search({ verb: ['workspace.open'] });
    const full = await log.entry(as(auditor), entry?.id ?? '');
    const leafHash = new Uint8Array(Buffer.from(full?.leafHash ?? '', 'base64'));
    expect(verifyProofFile(full?.proof ?? '', leafHash, KEY.origin, KEY.trusted)).toMatchObject({ ok: true });
    expect(full?.leafHash).toBe(entry?.leafHash);
    expect(await log.entry(as(auditor), randomUUID())).toBeUndefined();
    expect(await log.entry(as(auditor), `'; DROP TABLE ledger_entry`)).toBeUndefined();
    const absent = await log.search(as(auditor), { verb: ['ledger.read'], outcome: 'refused', person: auditor.personId }, FIRST);
    expect(absent.entries.filter(({ reason }) => reason === 'The monthly check')).toHaveLength(2);
  });

  it('gives the head to an auditor', async () => {
    const head = await log.head(as(auditor));
    expect(head?.head.size).toBe(6);
    expect(head?.waiting).toBeGreaterThan(0);
  });

  it('shows nobody else a thing, and records that they tried', async () => {
    const tries: readonly ActorRef[] = [council, police, stranger, { ...council, roles: [Role.Administrator] }, { ...council, roles: [] }];
    for (const actor of tries) {
      expect(await log.search(as(actor), {}, FIRST)).toEqual({ entries: [], hasNextPage: false });
      expect(await log.head(as(actor))).toBeUndefined();
      const [known] = await search({ verb: ['workspace.open'] });
      expect(await log.entry(as(actor), known?.id ?? '')).toBeUndefined();
    }
    const refused = await log.search(as(auditor), { outcome: 'refused', category: ['audit'] }, FIRST);
    const names = new Set(tries.map(({ displayName }) => displayName));
    expect(refused.entries.filter(({ person }) => names.has(person ?? ''))).toHaveLength(3 * tries.length);
  });

  describe('as the access log of a case', () => {
    const access = async (actor: ActorRef): Promise<readonly EntryView[]> => {
      const page = await log.access(as(actor), workspaceId, FIRST);
      return page.entries.filter(({ category }) => category !== 'audit');
    };

    it('shows the lead agency what others did to what it can see, and nothing of what it cannot', async () => {
      const entries = await access(council);
      expect(entries.map(({ person, verb, subjectTitle }) => [person, verb, subjectTitle]).reverse()).toEqual([
        ['Amira Rahman', 'workspace.open', null],
        ['Priya Shah', 'note.add', 'Seen by all'],
        ['Priya Shah', 'workspace.read', null],
        ['Amira Rahman', 'item.read', 'Seen by all'],
        ['Sam Stone', 'workspace.read', null],
      ]);
      const text = JSON.stringify(await log.access(as(council), workspaceId, FIRST));
      expect(text).not.toContain(policeItem);
      expect(text).not.toContain('police alone');
      // Neither how many things were read along, nor how much happened in between elsewhere.
      expect(entries.filter(({ person }) => person === 'Priya Shah').map(details)).toEqual([null, null]);
      expect(entries.every(({ index, proof }) => index === null && proof === null)).toBe(true);
    });

    it('shows a member what its own people did, and what others did to what it owns', async () => {
      const entries = await access(police);
      expect(entries.map(({ person, verb }) => [person, verb]).reverse()).toEqual([
        ['Priya Shah', 'note.add'], ['Priya Shah', 'note.add'], ['Priya Shah', 'workspace.read'], ['Amira Rahman', 'item.read'],
      ]);
      const [read, own] = entries;
      expect(details(own)).toEqual({ items: [sharedItem, policeItem], count: 2 });
      // Of another agency's act: what was read and by whom, not where else and along with what.
      expect(read).toMatchObject({ subjectId: sharedItem, subjectTitle: 'Seen by all', personId: null, details: null, roles: [], correlation: null });
    });

    it('shows a member that another read the whole case when that held something of its own, and nothing of what else it held', async () => {
      await scene.record({ verb: 'workspace.read', workspaceId, subject: { kind: 'workspace', id: String(workspaceId), title: 'T' }, details: { items: [sharedItem, councilItem], count: 2 }, agreement: 'ISA-OTHERS', clause: 'ISA-OTHERS 9.9', purpose: 'Between others' }, council);
      await scene.record({ verb: 'workspace.read', workspaceId, subject: { kind: 'workspace', id: String(workspaceId), title: 'T' }, details: { items: [councilItem], count: 1 } }, council);
      await scene.record({ verb: 'item.read', workspaceId, subject: { kind: 'note', id: councilItem, title: 'For the council alone' } }, council);
      const entries = await access(police);
      expect(entries.filter(({ person }) => person === 'Amira Rahman').map(({ verb }) => verb)).toEqual(['workspace.read', 'item.read']);
      const text = JSON.stringify(entries);
      // Nor under what the other is let in: the agreement may be between others.
      for (const hidden of [councilItem, 'council alone', 'ISA-OTHERS', 'Between others']) expect(text).not.toContain(hidden);
    });

    it('no longer shows an owner what is done to an item that has gone out of its sight', async () => {
      await scene.superuser.query(`UPDATE workspace_member SET valid_to = now() WHERE agency_id = $1 AND valid_to IS NULL`, [police.agencyId]);
      expect((await access(police)).filter(({ person }) => person === 'Amira Rahman')).toEqual([]);
      await scene.superuser.query(`UPDATE workspace_member SET valid_to = NULL WHERE agency_id = $1`, [police.agencyId]);
    });

    it('shows an auditor all of it', async () => {
      expect(await access(auditor)).toHaveLength(9);
    });

    it('shows a stranger what it shows of a case that does not exist: nothing', async () => {
      const here = await log.access(as(stranger), workspaceId, FIRST);
      const nowhere = await log.access(as(stranger), randomUUID(), FIRST);
      expect(here).toEqual({ entries: [], hasNextPage: false });
      expect(nowhere).toEqual(here);
      expect(await log.access(as(stranger), 'not an id', FIRST)).toEqual(here);
    });

    it('shows a colleague without a role on cases nothing', async () => {
      expect(await access({ ...council, roles: [Role.Administrator] })).toEqual([]);
    });
  });

  it('records a sign-in as the person who signs in, and no other act of somebody who has not', async () => {
    const attempt = (verb: 'session.sign-in' | 'note.add'): Promise<EntryId> =>
      scene.unitOfWork.run({ actor: undefined, correlationId: 'test' }, (work) => {
        const asPerson = { context: { ...work.context, actor: council }, at: work.at, leave: work.leave.bind(work) };
        return new LedgerIntake().append(asPerson as unknown as typeof work, { verb, outcome: 'done' });
      });
    expect(await attempt('session.sign-in')).toBeDefined();
    await expect(attempt('note.add')).rejects.toThrow(/row-level security/);
  });
});
