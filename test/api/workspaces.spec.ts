import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  agencyIds, ask, attempt, clauseIds, findingInput, OFFICIAL_SENSITIVE, onlyFor, openCase, openingInput, perform, tell,
  type Connection, type Item, type Workspace,
} from '../builders/case.js';
import type { Visitor } from '../builders/visitor.js';
import { startWorld, type World } from '../builders/world.js';

interface Entry {
  readonly verb: string;
  readonly outcome: string;
  readonly person: string | null;
  readonly clause: string | null;
  readonly purpose: string | null;
  readonly recipients: readonly string[] | null;
}

let world: World;
let amira: Visitor;
let priya: Visitor;
let frank: Visitor;
let sam: Visitor;
let agencies: Readonly<Record<string, string>>;
let clauses: Readonly<Record<string, string>>;

beforeAll(async () => {
  world = await startWorld();
  [amira, priya, frank, sam] = await Promise.all([
    world.signIn('amira.rahman'),
    world.signIn('priya.shah'),
    world.signIn('frank.moss'),
    world.signIn('sam.stone'),
  ]);
  agencies = await agencyIds(amira);
  clauses = await clauseIds(amira);
}, 180_000);

afterAll(() => world.stop(), 30_000);

/** What the ledger holds about a workspace, oldest first. */
async function entriesOf(workspaceId: string): Promise<Entry[]> {
  const { rows } = await world.superuser.query<Entry>(
    `SELECT verb, outcome, person_name AS person, clause, purpose, body::jsonb -> 'recipients' AS recipients
       FROM ledger_entry WHERE workspace_id = $1 ORDER BY at, id`,
    [workspaceId],
  );
  return rows;
}

/** Everything a person can be told about a workspace, as the very bytes of the answers. */
async function everythingSaid(visitor: Visitor, workspaceId: string, words: string): Promise<string> {
  const answers = [
    await tell(visitor, 'workspace', { id: workspaceId }),
    await tell(visitor, 'workspaces', {}),
    await tell(visitor, 'items', { workspaceId }),
    await tell(visitor, 'items', { workspaceId, kind: 'note' }),
    await tell(visitor, 'timeline', { workspaceId }),
    await tell(visitor, 'search', { text: words }),
  ];
  return answers.map(({ status, text }) => `${status} ${withoutCursors(text)}`).join('\n');
}

/** Cursors are sealed: equal places give equal cursors, but they are not words anybody reads. */
function withoutCursors(text: string): string {
  return text.replaceAll(/"endCursor":"[^"]*"/g, '"endCursor":"…"');
}

describe('opening an investigation', () => {
  it('gives it a reference of the lead agency and year, its marking, and full powers to who leads it', async () => {
    const opened = await perform<Workspace & { marking: { text: string }; leadAgency: { code: string }; openedBy: string }>(
      amira, 'openWorkspace', openingInput({ marking: { ...OFFICIAL_SENSITIVE, descriptors: ['PERSONAL DATA'] } }),
    );
    expect(opened.reference).toMatch(/^ASH-20\d\d-[0-9A-HJKMNP-TV-Z]{6}$/);
    expect(opened.marking.text).toBe('OFFICIAL-SENSITIVE - PERSONAL DATA');
    expect(opened).toMatchObject({ leadAgency: { code: 'ashworth' }, openedBy: 'Amira Rahman', counts: { notes: 0, records: 0, findings: 0, exhibits: 0 } });
    expect(opened.can).toEqual({ invite: true, addNote: true, saveRecord: true, recordFinding: true, addExhibit: true });
    expect(await entriesOf(opened.id)).toEqual([
      expect.objectContaining({ verb: 'workspace.open', outcome: 'done', person: 'Amira Rahman', purpose: 'Protecting the public from unsafe food premises' }),
    ]);
  });

  it('gives references that do not count, so that none tells how many cases there are', async () => {
    const [first, second] = [await openCase(amira), await openCase(amira)];
    for (const { reference } of [first, second]) expect(reference).toMatch(/^ASH-20\d\d-[0-9A-HJKMNP-TV-Z]{6}$/);
    expect(second.reference).not.toBe(first.reference);
    expect((await openCase(sam)).reference).toMatch(/^WEX-/);
  });

  it('is for people of a council only, and the attempt is on record', async () => {
    expect(await attempt(priya, 'openWorkspace', openingInput())).toMatchObject({ code: 'not-found' });
    const { rows } = await world.superuser.query(`SELECT 1 FROM ledger_entry WHERE verb = 'workspace.open' AND outcome = 'refused' AND person_name = 'Priya Shah'`);
    expect(rows).toHaveLength(1);
  });

  it('refuses a list of recipients: agencies come by invitation', async () => {
    const refused = await attempt(amira, 'openWorkspace', openingInput({ marking: onlyFor(agencies['northmoor-police'] ?? '') }));
    expect(refused).toMatchObject({ code: 'invalid', faults: [{ field: 'input.marking.releasableTo' }] });
  });
});

describe('inviting an agency', () => {
  it('discloses the case under a clause, with purpose and recipient on record', async () => {
    const opened = await openCase(amira, ['northmoor-police']);
    const seen = await ask<Workspace>(priya, 'workspace', { id: opened.id });
    expect(seen.members.map(({ agency, lead, clause }) => [agency.code, lead, clause])).toEqual([
      ['ashworth', true, null],
      ['northmoor-police', false, '4.1'],
    ]);
    expect(seen.can).toEqual({ invite: false, addNote: true, saveRecord: true, recordFinding: false, addExhibit: true });
    expect(await entriesOf(opened.id)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ verb: 'member.invite', outcome: 'done', clause: '4.1', recipients: ['Northmoor Police'] }),
        expect.objectContaining({ verb: 'workspace.read', outcome: 'done', person: 'Priya Shah', clause: '4.1' }),
      ]),
    );
  });

  it.each([
    ['an agency that is no party to the agreement', () => ({ agencyId: agencies['wexcombe'] }), 'input.clauseId'],
    ['an agency that does not exist', () => ({ agencyId: randomUUID() }), 'input.agencyId'],
    ['an agency by a name in place of an id', () => ({ agencyId: 'northmoor-police' }), 'input.agencyId'],
    ['a clause that does not exist', () => ({ clauseId: randomUUID() }), 'input.clauseId'],
    ['its own agency', () => ({ agencyId: agencies['ashworth'] }), undefined],
    ['an end in the past', () => ({ until: '2020-01-01T00:00:00Z' }), 'input.until'],
    ['an end after the end of the agreement', () => ({ until: '2099-01-01T00:00:00Z' }), 'input.until'],
  ])('does not invite %s', async (_, traits, field) => {
    const { id } = await openCase(amira);
    const before = await ask<Workspace>(amira, 'workspace', { id });
    const input = { workspaceId: id, agencyId: agencies['northmoor-fire'], clauseId: clauses['4.1'], ...traits() };
    const refused = await attempt(amira, 'inviteAgency', input);
    expect(refused).toMatchObject({ __typename: 'Refused', ...(field === undefined ? {} : { faults: [{ field }] }) });
    expect((await ask<Workspace>(amira, 'workspace', { id })).members).toEqual(before.members);
    expect((await entriesOf(id)).filter(({ verb }) => verb === 'member.invite')).toMatchObject([{ outcome: 'refused', person: 'Amira Rahman' }]);
  });

  it('makes an agency a member once, also when two officers invite it at once', async () => {
    const { id } = await openCase(amira);
    const tom = await world.signIn('tom.bell');
    const input = { workspaceId: id, agencyId: agencies['northmoor-fire'], clauseId: clauses['4.2'] };
    const outcomes = await Promise.all([amira, tom, amira, tom].map((officer) => attempt(officer, 'inviteAgency', input)));
    expect(outcomes.map((outcome) => outcome.__typename).sort()).toEqual(['Member', 'Refused', 'Refused', 'Refused']);
    expect((await ask<Workspace>(amira, 'workspace', { id })).members).toHaveLength(2);
    const tries = (await entriesOf(id)).filter(({ verb }) => verb === 'member.invite').map(({ outcome }) => outcome);
    expect(tries.sort()).toEqual(['done', 'refused', 'refused', 'refused']);
  });

  it('is for the lead agency only', async () => {
    const { id } = await openCase(amira, ['northmoor-police']);
    const input = { workspaceId: id, agencyId: agencies['northmoor-fire'], clauseId: clauses['4.1'] };
    expect(await attempt(priya, 'inviteAgency', input)).toMatchObject({ code: 'not-found' });
  });

  it('ends with the agreement: at the next read there is nothing there', async () => {
    const { id } = await openCase(amira, ['northmoor-police']);
    expect(await ask<Workspace | null>(priya, 'workspace', { id })).not.toBeNull();
    await world.superuser.query(`UPDATE agreement SET status = 'suspended' WHERE reference = 'ISA-2026-01'`);
    try {
      expect(await ask<Workspace | null>(priya, 'workspace', { id })).toBeNull();
      expect((await ask<Connection<Workspace>>(priya, 'workspaces', {})).nodes).toEqual([]);
      expect((await ask<Workspace>(amira, 'workspace', { id })).members.map(({ agency }) => agency.code)).toEqual(['ashworth']);
    } finally {
      await world.superuser.query(`UPDATE agreement SET status = 'live' WHERE reference = 'ISA-2026-01'`);
    }
  });
});

describe('recording a finding', () => {
  it('makes hygiene 25, structure 20, confidence 20 with imminent risk a critical breach that leaves as one event', async () => {
    const { id } = await openCase(amira, ['northmoor-police', 'northmoor-fire']);
    const recorded = await perform<{ breach: boolean; told: { code: string }[]; item: Item }>(amira, 'recordFinding', findingInput(id));
    expect(recorded.breach).toBe(true);
    expect(recorded.told.map(({ code }) => code)).toEqual(expect.arrayContaining(['northmoor-police', 'northmoor-fire']));
    expect(recorded.item.finding).toMatchObject({ rating: 0, ratingWords: 'Urgent improvement necessary', urgency: 'critical', rule: 'There is an imminent risk of injury to health.' });
    const { rows } = await world.superuser.query(`SELECT payload FROM outbox WHERE type = 'workspaces.breach-raised.v1' AND payload ->> 'workspaceId' = $1`, [id]);
    expect(rows).toEqual([
      {
        payload: {
          workspaceId: id, itemId: recorded.item.id, urgency: 'critical', ruleId: 'imminent-risk-to-health', ruleVersion: 1,
          tell: expect.arrayContaining(['police', 'fire', 'health']),
        },
      },
    ]);
  });

  it('raises nothing for a business that is generally satisfactory', async () => {
    const { id } = await openCase(amira, ['northmoor-police']);
    const good = { hygiene: 10, structure: 10, confidence: 10, imminentRisk: false };
    expect(await perform(amira, 'recordFinding', findingInput(id, good))).toMatchObject({ breach: false, told: [], item: { finding: { rating: 3, urgency: null, rule: null } } });
    const { rows } = await world.superuser.query(`SELECT 1 FROM outbox WHERE payload ->> 'workspaceId' = $1`, [id]);
    expect(rows).toEqual([]);
  });

  it('tells only those who may see it', async () => {
    const { id } = await openCase(amira, ['northmoor-police', 'northmoor-fire']);
    const marking = onlyFor(agencies['northmoor-police'] ?? '');
    const { told } = await perform<{ told: { code: string }[] }>(amira, 'recordFinding', findingInput(id, { marking }));
    expect(told.map(({ code }) => code)).toEqual(['ashworth', 'northmoor-police']);
  });

  it.each([
    ['a score the Code does not allow', { hygiene: 7 }, 'input.hygiene'],
    ['confidence of 25', { confidence: 25 }, 'input.confidence'],
    ['a day to come', { inspectedOn: '2999-01-01' }, 'input.inspectedOn'],
    ['a day that does not exist', { inspectedOn: '2026-02-30' }, 'input.inspectedOn'],
    ['a day before there was a scheme', { inspectedOn: '1999-01-01' }, 'input.inspectedOn'],
  ])('refuses %s and stores nothing', async (_, traits, field) => {
    const { id } = await openCase(amira);
    expect(await attempt(amira, 'recordFinding', findingInput(id, traits))).toMatchObject({ code: 'invalid', faults: [{ field }] });
    expect((await ask<Workspace>(amira, 'workspace', { id })).counts.findings).toBe(0);
  });

  it('is for officers of a council', async () => {
    const { id } = await openCase(amira, ['northmoor-police']);
    expect(await attempt(priya, 'recordFinding', findingInput(id))).toMatchObject({ code: 'not-found' });
  });
});

describe('before an agency is invited', () => {
  const preview = (who: Visitor, workspaceId: string, code = 'northmoor-fire'): Promise<object | null> =>
    ask(who, 'invitationPreview', { workspaceId, agencyId: agencies[code], clauseId: clauses['4.1'] });

  it('the agency that leads is told what of its own sight it will see and not see, and that is what then comes to pass', async () => {
    const { id } = await openCase(amira, ['northmoor-police']);
    await perform<Item>(amira, 'addNote', { workspaceId: id, title: 'For all', body: 'A', marking: OFFICIAL_SENSITIVE });
    await perform<Item>(amira, 'addNote', { workspaceId: id, title: 'For police', body: 'A', marking: onlyFor(agencies['northmoor-police'] ?? '') });
    await perform<Item>(priya, 'addNote', { workspaceId: id, title: 'Of the police alone', body: 'A', marking: onlyFor() });
    expect(await preview(amira, id)).toEqual({ items: [{ kind: 'note', title: 'For all', marking: 'OFFICIAL-SENSITIVE' }], gains: 1, aboveCeiling: 0, keptToOthers: 1 });
    await perform(amira, 'inviteAgency', { workspaceId: id, agencyId: agencies['northmoor-fire'], clauseId: clauses['4.1'] });
    expect((await ask<Connection<Item>>(frank, 'items', { workspaceId: id })).nodes.map(({ title }) => title)).toEqual(['For all']);
  });

  it('nobody else is told anything, and of an agency that cannot be invited nobody is', async () => {
    const { id } = await openCase(amira, ['northmoor-police']);
    expect([await preview(priya, id), await preview(sam, id), await preview(amira, id, 'wexcombe'), await preview(amira, randomUUID())]).toEqual([null, null, null, null]);
  });
});

describe('ending an agency\'s part', () => {
  const end = (who: Visitor, workspaceId: string, code: string, reason = 'Nothing more to do'): Promise<{ __typename: string; code?: string }> =>
    attempt(who, 'endMembership', { workspaceId, agencyId: agencies[code], reason });

  it('leaves its people, at the next read, the very bytes of what does not exist', async () => {
    const { id } = await openCase(amira, ['northmoor-police', 'northmoor-fire'], { title: 'Zanzibar Grill' });
    const note = await perform<Item>(priya, 'addNote', { workspaceId: id, title: 'Zanzibar note', body: 'Seen on patrol', marking: OFFICIAL_SENSITIVE });
    expect(await end(amira, id, 'northmoor-police', 'The police part is over')).toMatchObject({ __typename: 'MembershipEnded', id: agencies['northmoor-police'] });
    expect(await everythingSaid(priya, id, 'zanzibar')).toBe(await everythingSaid(priya, randomUUID(), 'zanzibar'));
    expect(await ask(priya, 'item', { id: note.id })).toBeNull();
    expect(await ask(priya, 'formerMembers', { workspaceId: id })).toEqual([]);
    expect(await attempt(priya, 'addNote', { workspaceId: id, title: 'A', body: 'B', marking: OFFICIAL_SENSITIVE })).toMatchObject({ code: 'not-found' });
    expect(await ask(frank, 'item', { id: note.id })).toMatchObject({ text: 'Seen on patrol' });
    expect((await ask<Workspace>(frank, 'workspace', { id })).members.map(({ agency }) => agency.code)).toEqual(['ashworth', 'northmoor-fire']);
    const { rows } = await world.superuser.query(`SELECT body::jsonb ->> 'reason' AS reason, body::jsonb #>> '{details,agency}' AS agency FROM ledger_entry WHERE verb = 'member.end' AND outcome = 'done' AND workspace_id = $1`, [id]);
    expect(rows).toEqual([{ reason: 'The police part is over', agency: 'northmoor-police' }]);
  });

  it('is told with who and why to the agency that leads, and to no other', async () => {
    const { id } = await openCase(amira, ['northmoor-police', 'northmoor-fire']);
    expect(await end(priya, id, 'northmoor-police', 'We leave it to the council')).toMatchObject({ __typename: 'MembershipEnded' });
    expect(await ask(amira, 'formerMembers', { workspaceId: id })).toEqual([
      expect.objectContaining({ agency: 'Northmoor Police', endedBy: 'Priya Shah', endedByAgency: 'Northmoor Police', reason: 'We leave it to the council' }),
    ]);
    expect(await ask(frank, 'formerMembers', { workspaceId: id })).toEqual([]);
    expect(await ask(priya, 'workspace', { id })).toBeNull();
  });

  it('can be followed by another invitation: a new period, and the old one stays as it was', async () => {
    const { id } = await openCase(amira, ['northmoor-police']);
    await end(amira, id, 'northmoor-police');
    await perform(amira, 'inviteAgency', { workspaceId: id, agencyId: agencies['northmoor-police'], clauseId: clauses['4.2'] });
    expect(await ask(priya, 'workspace', { id })).toMatchObject({ members: [{ clause: null }, { clause: '4.2' }] });
    expect(await ask(priya, 'formerMembers', { workspaceId: id })).toMatchObject([{ endedBy: 'Amira Rahman', reason: 'Nothing more to do' }]);
    const { rows } = await world.superuser.query(
      `SELECT c.code, m.valid_to IS NULL AS runs FROM workspace_member m JOIN agreement_clause c ON c.id = m.clause_id WHERE m.workspace_id = $1 ORDER BY m.valid_from`, [id]);
    expect(rows).toEqual([{ code: '4.1', runs: false }, { code: '4.2', runs: true }]);
  });

  it('is done once, also when two officers do it at once, and then there is nothing to end', async () => {
    const { id } = await openCase(amira, ['northmoor-police']);
    const tom = await world.signIn('tom.bell');
    const outcomes = await Promise.all([amira, tom, amira].map((officer) => end(officer, id, 'northmoor-police')));
    expect(outcomes.map(({ __typename, code }) => code ?? __typename).sort()).toEqual(['MembershipEnded', 'conflict', 'conflict']);
    const ends = (await entriesOf(id)).filter(({ verb }) => verb === 'member.end').map(({ outcome }) => outcome);
    expect(ends.sort()).toEqual(['done', 'refused', 'refused']);
    expect(await ask(amira, 'membershipEnding', { workspaceId: id, agencyId: agencies['northmoor-police'] })).toBeNull();
  });

  it.each([['no reason', ' '], ['more than 500 characters', 'a'.repeat(501)]])('wants a reason, and not %s', async (_, reason) => {
    const { id } = await openCase(amira, ['northmoor-police']);
    expect(await end(amira, id, 'northmoor-police', reason)).toMatchObject({ code: 'invalid', faults: [{ field: 'input.reason' }] });
    expect(await ask(priya, 'workspace', { id })).not.toBeNull();
  });

  it('comes by itself at the time that was agreed', async () => {
    const { id } = await openCase(amira);
    const until = new Date(Date.now() + 86_400_000).toISOString();
    await perform(amira, 'inviteAgency', { workspaceId: id, agencyId: agencies['northmoor-fire'], clauseId: clauses['4.1'], until });
    expect(await ask(frank, 'workspace', { id })).toMatchObject({ members: [{ until: null }, { until }] });
    await world.superuser.query(`UPDATE workspace_member SET valid_from = valid_from - interval '2 days', valid_to = valid_to - interval '2 days' WHERE workspace_id = $1 AND valid_to IS NOT NULL`, [id]);
    expect(await everythingSaid(frank, id, 'golden')).toBe(await everythingSaid(frank, randomUUID(), 'golden'));
    expect((await ask<Workspace>(amira, 'workspace', { id })).members).toHaveLength(1);
    expect(await end(amira, id, 'northmoor-fire')).toMatchObject({ code: 'conflict' });
  });
});

describe('a note for police and council only', () => {
  it('is theirs, and leaves no trace for fire: not a byte of any answer changes', async () => {
    const { id } = await openCase(amira, ['northmoor-police', 'northmoor-fire']);
    await perform(amira, 'recordFinding', findingInput(id));
    const before = await everythingSaid(frank, id, 'informant');
    const marking = { ...onlyFor(agencies['ashworth'] ?? ''), descriptors: ['PERSONAL DATA'] };
    const note = await perform<Item>(priya, 'addNote', { workspaceId: id, title: 'From an informant', body: 'The informant names the owner.', marking });
    expect(await everythingSaid(frank, id, 'informant')).toBe(before);
    const seen = await ask<Workspace>(amira, 'workspace', { id });
    expect(seen.counts.notes).toBe(1);
    expect(seen.highestMarking).toBe('OFFICIAL-SENSITIVE - PERSONAL DATA');
    expect((await ask<Connection<{ id: string }>>(amira, 'search', { text: 'informant' })).nodes.map((hit) => hit.id)).toEqual([note.id]);
    expect(await entriesOf(id)).toEqual(
      expect.arrayContaining([expect.objectContaining({ verb: 'note.add', person: 'Priya Shah', clause: '4.1', recipients: ['Ashworth Borough Council'] })]),
    );
  });

  it('names members only', async () => {
    const { id } = await openCase(amira, ['northmoor-police']);
    const outcome = await attempt(amira, 'addNote', { workspaceId: id, title: 'A', body: 'B', marking: onlyFor(agencies['northmoor-fire'] ?? '') });
    expect(outcome).toMatchObject({ code: 'invalid', faults: [{ field: 'input.marking.releasableTo' }] });
  });
});

describe('somebody who does not take part', () => {
  it('gets for what is hidden the very bytes he gets for what does not exist', async () => {
    const { id } = await openCase(amira, ['northmoor-police']);
    const item = await perform<Item>(amira, 'addNote', { workspaceId: id, title: 'Secret', body: 'Nothing to see', marking: OFFICIAL_SENSITIVE });
    const absent = randomUUID();
    expect(await everythingSaid(sam, id, 'nothing')).toBe(await everythingSaid(sam, absent, 'nothing'));
    for (const act of ['addNote', 'recordFinding', 'inviteAgency', 'saveRecord'] as const) {
      const hidden = await tell(sam, act, { input: inputFor(act, id, item.id) });
      const none = await tell(sam, act, { input: inputFor(act, absent, randomUUID()) });
      expect({ act, status: hidden.status, text: hidden.text }).toEqual({ act, status: none.status, text: none.text });
      expect(hidden.text).toContain('"not-found"');
    }
    const attempts = await world.superuser.query(`SELECT DISTINCT verb FROM ledger_entry WHERE outcome = 'refused' AND person_name = 'Sam Stone'`);
    expect(attempts.rows.map(({ verb }: { verb: string }) => verb)).toEqual(expect.arrayContaining(['finding.record', 'member.invite', 'note.add', 'record.save', 'workspace.read']));
  });

  it('finds nothing as an auditor or administrator either: their work is not in cases', async () => {
    const { id } = await openCase(amira);
    for (const name of ['alex.ward', 'dan.cole']) {
      const visitor = await world.signIn(name);
      expect(await ask(visitor, 'workspace', { id })).toBeNull();
      expect((await ask<Connection<unknown>>(visitor, 'workspaces', { tab: 'all' })).nodes).toEqual([]);
      expect((await ask<Connection<unknown>>(visitor, 'search', { text: 'golden' })).nodes).toEqual([]);
    }
  });

  it('gets not one byte of data without a session', async () => {
    const { id } = await openCase(amira);
    for (const [act, variables] of [['workspace', { id }], ['workspaces', {}], ['items', { workspaceId: id }], ['search', { text: 'golden' }]] as const) {
      const answer = await tell(world.stranger(), act, variables);
      expect(answer.errors[0]?.extensions['code']).toBe('sign-in-again');
      expect(answer.text).not.toContain('Golden');
    }
  });
});

function inputFor(act: 'addNote' | 'recordFinding' | 'inviteAgency' | 'saveRecord', workspaceId: string, itemId: string): Record<string, unknown> {
  switch (act) {
    case 'addNote':
      return { workspaceId, title: 'A', body: 'B', marking: OFFICIAL_SENSITIVE };
    case 'recordFinding':
      return findingInput(workspaceId);
    case 'inviteAgency':
      return { workspaceId, agencyId: agencies['northmoor-fire'], clauseId: clauses['4.1'] };
    case 'saveRecord':
      return { workspaceId, id: itemId, version: 1, title: 'A', body: 'B', marking: OFFICIAL_SENSITIVE };
  }
}
