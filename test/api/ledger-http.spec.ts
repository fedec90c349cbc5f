import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { runChild } from '../builders/child.js';
import type { Visitor } from '../builders/visitor.js';
import { startWorld, type World } from '../builders/world.js';
import { signInAuditor, stateReason } from '../builders/auditor.js';

jest.setTimeout(60_000);

interface Entry {
  id: string;
  index: number | null;
  verb: string;
  outcome: string;
  person: string | null;
  proof: string | null;
}
interface Log {
  auditLog: { nodes: Entry[]; pageInfo: { endCursor: string | null; hasNextPage: boolean } };
}
interface Check {
  checkLedger: { __typename: string; code?: string; whole?: boolean; entries?: number; findings?: { entryId: string | null; index: number | null; code: string; message: string }[] };
}

const LOG = `query($filter: AuditFilter!, $first: Int = 25, $after: String) {
  auditLog(filter: $filter, first: $first, after: $after) {
    nodes { id index verb outcome person proof } pageInfo { endCursor hasNextPage } } }`;
const ENTRY = 'query($id: ID!) { auditEntry(id: $id) { id index verb outcome person leafHash proof details } }';
const HEAD = '{ ledgerHead { size rootHash signedAt checkpoint waiting } }';
const ACCESS = 'query($id: ID!) { accessLog(workspaceId: $id) { nodes { id } pageInfo { endCursor hasNextPage } } }';
const CHECK = `mutation { checkLedger { __typename
  ... on Refused { code } ... on LedgerCheck { whole entries rootHash checkedAt findings { entryId index code message } } } }`;
const NOWHERE = '5f4e0a1c-0000-4000-8000-000000000000';

describe('the ledger over the API', () => {
  let world: World;
  let auditor: Visitor;
  let officer: Visitor;

  beforeAll(async () => {
    world = await startWorld({ worker: true });
    [auditor, officer] = [await signInAuditor(world), await world.signIn('amira.rahman')];
  }, 180_000);
  afterAll(() => world.stop());

  const search = async (filter: object, more: object = {}): Promise<Log['auditLog']> =>
    (await auditor.ask<Log>(LOG, { filter, ...more })).auditLog;

  /** Waits until every entry recorded so far has its place. */
  async function settled(): Promise<void> {
    const limit = Date.now() + 20_000;
    for (;;) {
      const { rows } = await world.superuser.query('SELECT 1 FROM ledger_waiting LIMIT 1');
      if (rows.length === 0) return;
      if (Date.now() > limit) throw new Error('Entries still wait for their place');
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  it('shows the auditor who signed in, and her own looking', async () => {
    const { nodes } = await search({ verb: 'session.sign-in' });
    expect(nodes.map(({ person, outcome }) => [person, outcome])).toEqual(
      expect.arrayContaining([[expect.stringMatching(/Alex Ward/i), 'done'], [expect.stringMatching(/Amira Rahman/i), 'done']]),
    );
    const looking = await search({ verb: 'ledger.search', person: 'alex' });
    expect(looking.nodes.length).toBeGreaterThan(0);
  });

  it('gives each entry a place within a second and a proof with it', async () => {
    const [entry] = (await search({ verb: 'session.sign-in', person: 'amira' })).nodes;
    await settled();
    const { auditEntry } = await auditor.ask<{ auditEntry: Entry }>(ENTRY, { id: entry?.id });
    expect(auditEntry.index).not.toBeNull();
    expect(auditEntry.proof).toMatch(new RegExp(`^c2sp\\.org/tlog-proof@v1\\nindex ${auditEntry.index ?? ''}\\n`));
    const { ledgerHead } = await auditor.ask<{ ledgerHead: { size: number; rootHash: string; checkpoint: string } }>(HEAD);
    expect(ledgerHead.size).toBeGreaterThan(auditEntry.index ?? Number.POSITIVE_INFINITY);
    expect(ledgerHead.checkpoint.split('\n').slice(1, 3)).toEqual([String(ledgerHead.size), ledgerHead.rootHash]);
  });

  it('pages by cursors that only she, and only this filter, can use', async () => {
    const first = await search({}, { first: 2 });
    expect(first.pageInfo.hasNextPage).toBe(true);
    const after = first.pageInfo.endCursor;
    const second = await search({}, { first: 2, after });
    expect(second.nodes.map(({ id }) => id)).not.toEqual(first.nodes.map(({ id }) => id));
    const other = await stateReason(await world.signInAgain('alex.ward'));
    expect((await other.graphql(LOG, { filter: {}, after })).errors).toEqual([]);
    for (const [filter, cursor] of [[{ verb: 'note.add' }, after], [{}, `A${after ?? ''}`], [{}, 'nonsense'], [{}, '']] as const) {
      const answer = await auditor.graphql(LOG, { filter, after: cursor });
      expect(answer.errors.map(({ extensions }) => extensions['code'])).toEqual(['invalid']);
    }
  });

  it.each([
    ['a page of nothing', { filter: {}, first: 0 }],
    ['a page of everything', { filter: {}, first: 1000 }],
    ['an end before the beginning', { filter: { from: '2026-02-01T00:00:00Z', to: '2026-01-01T00:00:00Z' } }],
    ['a NUL', { filter: { person: 'a\0b' } }],
    ['too long a text', { filter: { purpose: 'x'.repeat(201) } }],
  ])('refuses %s with a code and words', async (_, variables) => {
    const { errors } = await auditor.graphql(LOG, variables);
    expect(errors.map(({ extensions }) => extensions['code'])).toEqual(['invalid']);
    expect(errors[0]?.message).toMatch(/[A-Z].*\./);
  });

  it.each([
    ['a date that is none', { filter: { from: 'yesterday' } }],
    ['a field that is none', { filter: { secret: 'x' } }],
  ])('refuses %s', async (_, variables) => {
    const answer = await auditor.graphql(LOG, variables);
    expect(answer.errors.length).toBeGreaterThan(0);
    expect(answer.text).not.toMatch(/ledger_|SELECT|at .*\.js/);
  });

  it.each(['amira.rahman', 'priya.shah', 'dan.cole', 'sam.stone'])('answers %s as if there were no ledger', async (name) => {
    const visitor = await world.signIn(name);
    const [known] = (await search({})).nodes;
    expect((await visitor.ask<Log>(LOG, { filter: {} })).auditLog).toEqual({ nodes: [], pageInfo: { endCursor: null, hasNextPage: false } });
    const [real, absent] = [await visitor.graphql(ENTRY, { id: known?.id }), await visitor.graphql(ENTRY, { id: NOWHERE })];
    expect(real.text).toBe(absent.text);
    expect(real.data).toEqual({ auditEntry: null });
    expect(await visitor.ask(HEAD)).toEqual({ ledgerHead: null });
    expect((await visitor.ask<Check>(CHECK)).checkLedger).toEqual({ __typename: 'Refused', code: 'not-found' });
    expect(await visitor.ask(ACCESS, { id: NOWHERE })).toEqual({ accessLog: { nodes: [], pageInfo: { endCursor: null, hasNextPage: false } } });
    const refused = await search({ outcome: 'refused', person: name.split('.')[1] });
    expect(refused.nodes.map(({ verb }) => verb)).toEqual(expect.arrayContaining(['ledger.search', 'ledger.read', 'ledger.check', 'access-log.read']));
  });

  it('answers nobody who has not signed in', async () => {
    for (const document of [HEAD, CHECK, `{ auditLog(filter: {}) { nodes { id } } }`, `{ accessLog(workspaceId: "${NOWHERE}") { nodes { id } } }`]) {
      const answer = await world.stranger().graphql(document);
      expect(answer.errors.map(({ extensions }) => extensions['code'])).toEqual(['sign-in-again']);
    }
  });

  const PROVE = 'mutation($from: String!) { proveLedger(from: $from) { __typename ... on Refused { code message } ... on LedgerContinuity { holds fault message from size checkpoint proof } } }';

  /** Sends the proof's form as a browser without script does. */
  async function sendProof(fields: Readonly<Record<string, string>>): Promise<{ status: number; html: string }> {
    const page = await (await auditor.fetch('/audit/ledger')).text();
    const [, csrf = ''] = /name="csrf" value="([^"]+)"/.exec(page) ?? [];
    const response = await auditor.fetch('/audit/ledger', { method: 'POST', body: new URLSearchParams({ csrf, act: 'prove', ...fields }) });
    return { status: response.status, html: await response.text() };
  }

  it('proves to the auditor that the ledger continues the one she kept, on the page and over the API, and records it', async () => {
    await settled();
    const { ledgerHead: kept } = await auditor.ask<{ ledgerHead: { size: number; checkpoint: string } }>(HEAD);
    await officer.ask('{ workspaces { nodes { id } } }');
    await settled();
    const { proveLedger } = await auditor.ask<{ proveLedger: { holds: boolean; from: number; size: number; proof: string } }>(PROVE, { from: kept.checkpoint });
    expect(proveLedger).toMatchObject({ __typename: 'LedgerContinuity', holds: true, fault: null, from: kept.size });
    expect(proveLedger.size).toBeGreaterThan(kept.size);
    const [entry] = (await search({ verb: 'ledger.prove' })).nodes;
    expect(entry).toMatchObject({ outcome: 'done', person: expect.stringMatching(/Alex Ward/) });
    // A text area ends its lines with CR LF, whatever was pasted.
    const { status, html } = await sendProof({ from: kept.checkpoint.replaceAll('\n', '\r\n'), kept: '' });
    expect(status).toBe(200);
    expect(html).toContain('The ledger of now contains everything the checkpoint of then did');
    const [, encoded = ''] = /href="data:text\/plain;charset=utf-8;base64,([^"]+)" download="ledger-consistency-proof.txt"/.exec(html) ?? [];
    expect(Buffer.from(encoded, 'base64').toString()).toMatch(new RegExp(`^old ${kept.size}\\n`));
    expect(await sendProof({ from: '', kept: String(kept.size) })).toMatchObject({ status: 200, html: expect.stringContaining('contains everything') });
  });

  it('answers a checkpoint that is none in words, keeps it, and records nothing', async () => {
    const before = (await search({ verb: 'ledger.prove' })).nodes.length;
    const garbage = 'nonsense <b>\n\n— x y';
    const { status, html } = await sendProof({ from: garbage });
    expect(status).toBe(422);
    expect(html).toContain('neither a number of entries nor a signed checkpoint');
    expect(html).toContain('nonsense &lt;b&gt;');
    expect(html).toContain('href="#from"');
    expect((await auditor.ask<{ proveLedger: object }>(PROVE, { from: '\uD800' })).proveLedger).toMatchObject({ code: 'invalid' });
    expect((await search({ verb: 'ledger.prove' })).nodes).toHaveLength(before);
  });

  it('proves nothing to anybody else, and records that they tried', async () => {
    for (const from of ['0', 'nonsense']) expect((await officer.ask<{ proveLedger: object }>(PROVE, { from })).proveLedger).toMatchObject({ code: 'not-found' });
    expect((await search({ verb: 'ledger.prove', outcome: 'refused', person: 'amira' })).nodes).toHaveLength(2);
  });

  it('says on the page that entries were cut off', async () => {
    await settled();
    const { ledgerHead: kept } = await auditor.ask<{ ledgerHead: { size: number; checkpoint: string } }>(HEAD);
    const { html } = await sendProof({ from: String(kept.size + 1_000_000) });
    expect(html).toContain('The ledger of now does not contain what the checkpoint of then did');
    expect(html).toContain('entries were cut off');
  });

  it('says that the ledger is whole, and names the entry that a superuser altered behind its back', async () => {
    await officer.ask('{ me { id } }');
    await settled();
    expect((await auditor.ask<Check>(CHECK)).checkLedger).toMatchObject({ __typename: 'LedgerCheck', whole: true, findings: [] });
    await settled();
    const { rows } = await world.superuser.query<{ entry_id: string; index: string }>(
      `SELECT l.entry_id, l.index FROM ledger_leaf l JOIN ledger_entry e ON e.id = l.entry_id WHERE e.verb = 'session.sign-in' LIMIT 1`,
    );
    const altered = rows[0];
    await world.superuser.query(`SET session_replication_role = 'replica'`);
    await world.superuser.query(`UPDATE ledger_entry SET body = replace(body, '"done"', '"refused"') WHERE id = $1`, [altered?.entry_id]);
    await world.superuser.query(`SET session_replication_role = 'origin'`);
    const { checkLedger } = await auditor.ask<Check>(CHECK);
    expect(checkLedger.whole).toBe(false);
    expect(checkLedger.findings).toEqual([
      { entryId: altered?.entry_id, index: Number(altered?.index), code: 'leaf-mismatch', message: expect.stringContaining(altered?.entry_id ?? '-') },
    ]);
  });

  it('proves the same on the command line, and says when somebody rewrote what was signed', async () => {
    await settled();
    const { ledgerHead: kept } = await auditor.ask<{ ledgerHead: { size: number; checkpoint: string } }>(HEAD);
    await settled();
    const file = join(world.env['CONCORDAT_DATA'] ?? '', 'kept-by-a-partner');
    writeFileSync(file, kept.checkpoint);
    const concordat = (...args: string[]): ReturnType<typeof runChild> => runChild('run/cli.js', { ...world.env, DATABASE_URL: world.database.ownerUrl }, ['ledger', ...args]);
    const proved = await concordat('prove', '--from', file);
    expect(proved.code).toBe(0);
    expect(proved.output).toContain('contains everything the ledger of then');
    expect(proved.output).toContain(`\nold ${kept.size}\n`);
    expect(await concordat('proof', '--entry', '0')).toMatchObject({ code: 0, output: expect.stringContaining('c2sp.org/tlog-proof@v1\nindex 0\n') });
    await world.superuser.query(`SET session_replication_role = 'replica'`);
    await world.superuser.query(`UPDATE ledger_node SET hash = sha256('x') WHERE index = 0 AND level = (SELECT max(level) FROM ledger_node WHERE (1 << level) <= $1)`, [kept.size]);
    await world.superuser.query(`SET session_replication_role = 'origin'`);
    const forked = await concordat('prove', '--from', file, '--json');
    expect(forked.code).toBe(1);
    expect(JSON.parse(forked.output)).toMatchObject({ holds: false, code: 'forked', from: kept.size, proof: '' });
  });
});
