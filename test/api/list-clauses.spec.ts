import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { CLAUSE, SharedCase } from '../builders/joint-case.js';
import { checkLedgerWith, pgConnection } from '../../src/ledger/index.js';
import { openCase, perform, findingInput } from '../builders/case.js';
import type { Visitor } from '../builders/visitor.js';
import { stateReason } from '../builders/auditor.js';

jest.setTimeout(60_000);

interface Case { readonly workspace: string; readonly reference: string; readonly agreement?: string; readonly clause?: string; readonly purpose?: string }

const LIST = '{ workspaces(tab: "all") { nodes { id reference } } }';
const SEARCH = '{ search(text: "marigold") { nodes { id workspaceReference } } }';
const ENTRY = 'query($id: ID!) { auditEntry(id: $id) { verb cases { reference agreement clause } details } }';
const BY_CLAUSE = 'query($clause: String) { auditLog(filter: { clause: $clause }, first: 100) { nodes { id verb } } }';

describe('what an answer out of several cases rests on', () => {
  let shared: SharedCase;
  let second: { readonly id: string; readonly reference: string };
  let [amira, priya, auditor]: Visitor[] = [];

  beforeAll(async () => {
    shared = await SharedCase.open();
    [amira, priya, auditor] = await Promise.all(['amira.rahman', 'priya.shah', 'alex.ward'].map((name) => shared.world.signIn(name)));
    if (auditor) await stateReason(auditor);
    if (amira) second = await openCase(amira, ['northmoor-police'], { title: 'Marigold the second' });
  }, 180_000);
  afterAll(() => shared.stop());

  async function lastOf(verb: string): Promise<{ id: string; cases: readonly Case[] }> {
    const { rows } = await shared.world.superuser.query<{ id: string; body: string }>('SELECT id, body FROM ledger_entry WHERE verb = $1 ORDER BY at DESC LIMIT 1', [verb]);
    const { details } = JSON.parse(rows[0]?.body ?? '{}') as { details: { cases: readonly Case[] } };
    return { id: rows[0]?.id ?? '', cases: details.cases };
  }

  it.each([['workspace.list', LIST], ['workspace.search', SEARCH]])('is recorded for each case by %s', async (verb, query) => {
    await priya?.ask(query);
    const { id, cases } = await lastOf(verb);
    const ground = { agreement: expect.stringMatching(/./), clause: CLAUSE.code, purpose: CLAUSE.purpose };
    expect(cases).toHaveLength(2);
    expect(cases).toEqual(expect.arrayContaining([
      { workspace: second.id, reference: second.reference, ...ground },
      { workspace: shared.workspaceId, reference: expect.stringMatching(/./), ...ground },
    ]));
    const { auditEntry } = await auditor?.ask<{ auditEntry: { cases: Case[] } }>(ENTRY, { id }) ?? { auditEntry: { cases: [] } };
    expect(auditEntry.cases.map(({ reference, clause }) => [reference, clause])).toEqual(cases.map(({ reference }) => [reference, CLAUSE.code]));
    const page = await (await auditor?.fetch(`/audit/entries/${id}`))?.text();
    expect(page).toContain('Investigations this answered');
    for (const { agreement } of cases) expect(page).toContain(`Clause ${CLAUSE.code} of ${agreement ?? '-'}`);
  });

  it('is recorded for each case by the list of alerts', async () => {
    if (!amira || !priya) throw new Error('Nobody signed in');
    const { item } = await perform<{ item: { id: string } }>(amira, 'recordFinding', findingInput(second.id));
    const { rows } = await shared.world.superuser.query<{ agency: string; post: string }>(`SELECT a.id AS agency, p.id AS post FROM agency a JOIN duty_post p ON p.agency_id = a.id WHERE a.code = 'northmoor-police' LIMIT 1`);
    await shared.world.superuser.query(
      `INSERT INTO alert (id, reference, event_id, agency_id, duty_post_id, workspace_id, item_id, urgency, raised_at)
       VALUES (gen_random_uuid(), 'AL-0000-0001', (SELECT id FROM outbox ORDER BY created_at DESC LIMIT 1), $1, $2, $3, $4, 'critical', now())`,
      [rows[0]?.agency, rows[0]?.post, second.id, item.id]);
    await priya.ask('{ alerts(state: "all") { nodes { id } } }');
    expect((await lastOf('alert.read')).cases).toEqual([expect.objectContaining({ reference: second.reference, clause: CLAUSE.code })]);
  });

  it('is nothing but the case where the agency leads', async () => {
    await amira?.ask(LIST);
    expect((await lastOf('workspace.list')).cases.map(({ reference, clause }) => [typeof reference, clause])).toEqual([['string', undefined], ['string', undefined]]);
  });

  it('is found by the clause, beside the acts on one case', async () => {
    const found = await auditor?.ask<{ auditLog: { nodes: { id: string; verb: string }[] } }>(BY_CLAUSE, { clause: CLAUSE.code });
    const verbs = found?.auditLog.nodes.map(({ verb }) => verb);
    expect(verbs).toEqual(expect.arrayContaining(['workspace.list', 'workspace.search', 'alert.read', 'member.invite']));
    const none = await auditor?.ask<{ auditLog: { nodes: unknown[] } }>(BY_CLAUSE, { clause: '4' });
    expect(none?.auditLog.nodes).toEqual([]);
  });

  it('leaves every entry in its one canonical spelling', async () => {
    const { superuser } = shared.world;
    const report = await checkLedgerWith(pgConnection(superuser), { origin: 'x', trusted: [] });
    expect(report.findings).toEqual([]);
  });
});
