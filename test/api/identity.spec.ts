import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runChild } from '../builders/child.js';
import { Visitor } from '../builders/visitor.js';
import { startWorld, type World } from '../builders/world.js';
import { EventStream } from './event-stream.js';

const ME = `{ me { id displayName email initials agencyKind roles idleSeconds sessionExpiresAt agency { code name }
  can { openWorkspace acknowledgeAlerts seeCases audit administer } } }`;

interface MeAnswer {
  me: {
    id: string; displayName: string; initials: string; roles: string[]; agency: { code: string }; agencyKind: string;
    sessionExpiresAt: string; can: Record<string, boolean>;
  } | null;
}

let world: World;

beforeAll(async () => {
  world = await startWorld();
}, 120_000);

afterAll(() => world.stop());

/** Asks for something that nothing but the session guards: `me` looks at the session a second time. */
async function isSignedIn(visitor: Visitor): Promise<boolean> {
  return (await visitor.fetch('/stay-signed-in')).status === 204;
}

function hashOf(visitor: Visitor): Buffer {
  return createHash('sha256').update(visitor.cookie?.split('=')[1] ?? '').digest();
}

async function sessionOf(visitor: Visitor): Promise<{ id: string; person_id: string }> {
  const { rows } = await world.superuser.query<{ id: string; person_id: string }>('SELECT id, person_id FROM session WHERE token_hash = $1', [hashOf(visitor)]);
  if (!rows[0]) throw new Error('There is no such session');
  return rows[0];
}

/** Asks again and again until the answer is no; answers the milliseconds that took. */
async function untilSignedOut(visitor: Visitor): Promise<number> {
  const start = performance.now();
  while (await isSignedIn(visitor)) {
    if (performance.now() - start > 5_000) throw new Error('Still signed in after five seconds');
  }
  return performance.now() - start;
}

function operator(...args: string[]): Promise<{ code: number | null; output: string }> {
  return runChild('run/cli.js', { ...world.env, DATABASE_URL: world.database.ownerUrl }, args);
}

describe('signing in', () => {
  it('names the agencies one can sign in with to anybody', async () => {
    const { agencies } = await world.stranger().ask<{ agencies: { code: string; name: string }[] }>('{ agencies { code name } }');
    expect(agencies.map(({ code }) => code)).toEqual(['ashworth', 'public-audit', 'northmoor-fire', 'northmoor-health', 'northmoor-police', 'wexcombe']);
  });

  it('tells somebody who has not signed in that she is nobody', async () => {
    expect(await world.stranger().ask(ME)).toEqual({ me: null });
  });

  it('knows an officer after her agency has vouched for her', async () => {
    const { me } = await (await world.signIn('amira.rahman')).ask<MeAnswer>(ME);
    expect(me).toMatchObject({
      displayName: 'Amira Rahman', initials: 'AR', roles: ['environmental-health-officer'], agency: { code: 'ashworth' }, agencyKind: 'council',
      can: { openWorkspace: true, acknowledgeAlerts: false, seeCases: true, audit: false, administer: false },
    });
  });

  it.each([
    ['priya.shah', { openWorkspace: false, acknowledgeAlerts: true, seeCases: true, audit: false, administer: false }],
    ['alex.ward', { openWorkspace: false, acknowledgeAlerts: false, seeCases: false, audit: true, administer: false }],
    ['dan.cole', { openWorkspace: false, acknowledgeAlerts: false, seeCases: false, audit: false, administer: true }],
  ])('gives %s the powers of the roles her agency asserts', async (username, can) => {
    expect((await (await world.signIn(username)).ask<MeAnswer>(ME)).me?.can).toEqual(can);
  });

  it('keeps one person over many sign-ins, and gives no two people the same exhibit initials', async () => {
    const first = await sessionOf(await world.signIn('amira.rahman'));
    const second = await sessionOf(await world.signInAgain('amira.rahman'));
    expect(second.person_id).toBe(first.person_id);
    expect(second.id).not.toBe(first.id);
    const { rows } = await world.superuser.query('SELECT exhibit_initials FROM person GROUP BY exhibit_initials HAVING count(*) > 1');
    expect(rows).toEqual([]);
  });

  it('records the sign-in as the act of the person, with her agency and identity provider', async () => {
    const { id } = await sessionOf(await world.signInAgain('owen.hart'));
    const { rows } = await world.superuser.query<{ body: string }>(`SELECT body FROM ledger_entry WHERE verb = 'session.sign-in' AND subject_id = $1`, [id]);
    expect(rows.map(({ body }) => JSON.parse(body) as object)).toEqual([expect.objectContaining({
      outcome: 'done',
      actor: expect.objectContaining({ name: 'Owen Hart', agency: 'northmoor-police', session: id, idp: 'http://localhost:8092/metadata' }) as object,
    })]);
  });

  it('stores nothing from which a session token could be learnt', async () => {
    const visitor = await world.signInAgain('tom.bell');
    const token = visitor.cookie?.split('=')[1] ?? '';
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    const { rows } = await world.superuser.query<{ row: string }>('SELECT session::text AS row FROM session UNION ALL SELECT ledger_entry::text FROM ledger_entry UNION ALL SELECT saml_request::text FROM saml_request');
    expect(rows.length).toBeGreaterThan(2);
    expect(rows.some(({ row }) => row.includes(token))).toBe(false);
  });

  it('sends a signed request with its own id to the agency, and a cookie no script can read', async () => {
    const answer = await world.stranger().fetch('/saml/ashworth/login');
    const location = new URL(answer.headers.get('location') ?? '');
    expect(answer.status).toBe(303);
    expect(location.origin).toBe('http://localhost:8091');
    expect([...location.searchParams.keys()].sort()).toEqual(['RelayState', 'SAMLRequest', 'SigAlg', 'Signature']);
    expect(answer.headers.getSetCookie()).toEqual([expect.stringMatching(/^concordat-login=[\w-]{43}; Max-Age=300; Path=\/; HttpOnly; SameSite=Lax$/)]);
  });

  it('knows no agency that is not there', async () => {
    expect((await world.stranger().fetch('/saml/nowhere/login')).status).toBe(404);
    expect((await world.stranger().fetch('/saml/ASHWORTH/login')).status).toBe(404);
    expect((await world.stranger().fetch('/saml/ashworth%00/login')).status).toBe(404);
    expect((await world.stranger().fetch('/saml/nowhere/metadata')).status).toBe(404);
  });

  it('describes itself to an agency’s administrators', async () => {
    const answer = await world.stranger().fetch('/saml/ashworth/metadata');
    const xml = await answer.text();
    expect(answer.headers.get('content-type')).toContain('application/samlmetadata+xml');
    expect(xml).toContain(`entityID="${world.baseUrl}/saml/ashworth"`);
    expect(xml).toContain('AuthnRequestsSigned="true"');
    expect(xml).toContain('WantAssertionsSigned="true"');
    expect(xml).toContain(`Location="${world.baseUrl}/saml/ashworth/acs"`);
    expect(xml).not.toContain('PRIVATE KEY');
  });

  it('accepts nothing but a post at the assertion consumer service', async () => {
    expect((await world.stranger().fetch('/saml/ashworth/acs?SAMLResponse=x')).status).toBe(404);
  });
});

describe('a session', () => {
  it.each([
    ['nothing', ''], ['a short text', 'x'], ['another token', 'A'.repeat(43)], ['a token and more', `${'A'.repeat(43)}; x`], ['SQL', `' OR 1=1 --`],
  ])('is not opened by %s in the cookie', async (_what, token) => {
    expect(await isSignedIn(new Visitor(world.baseUrl, `concordat=${encodeURIComponent(token)}`))).toBe(false);
  });

  it('ends when the person signs out, for this session only', async () => {
    const [one, other] = [await world.signInAgain('tom.bell'), await world.signInAgain('tom.bell')];
    const page = await (await one.fetch('/my-work')).text();
    const csrf = /name="csrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
    const answer = await one.fetch('/sign-out', { method: 'POST', body: new URLSearchParams({ csrf }) });
    expect(answer.status).toBe(303);
    expect(answer.headers.getSetCookie().join()).toMatch(/^concordat=;/);
    expect(await isSignedIn(one)).toBe(false);
    expect(await isSignedIn(other)).toBe(true);
  });

  it('is not ended by a form of another site', async () => {
    const visitor = await world.signInAgain('tom.bell');
    expect((await visitor.fetch('/sign-out', { method: 'POST', body: new URLSearchParams({ csrf: 'x' }) })).status).toBe(403);
    expect((await visitor.fetch('/sign-out', { method: 'POST' })).status).toBe(403);
    expect(await isSignedIn(visitor)).toBe(true);
  });

  it('ends after the idle limit, and not while it is used', async () => {
    const visitor = await world.signInAgain('tom.bell');
    const { id } = await sessionOf(visitor);
    await world.superuser.query(`UPDATE session SET last_seen_at = now() - interval '29 minutes' WHERE id = $1`, [id]);
    expect(await isSignedIn(visitor)).toBe(true);
    const { rows } = await world.superuser.query<{ fresh: boolean }>(`SELECT last_seen_at > now() - interval '1 minute' AS fresh FROM session WHERE id = $1`, [id]);
    expect(rows).toEqual([{ fresh: true }]);
    await world.superuser.query(`UPDATE session SET last_seen_at = now() - interval '30 minutes 1 second' WHERE id = $1`, [id]);
    expect(await isSignedIn(visitor)).toBe(false);
  });

  it('ends at its absolute limit however much it is used', async () => {
    const visitor = await world.signInAgain('tom.bell');
    const { id } = await sessionOf(visitor);
    await world.superuser.query('UPDATE session SET absolute_expires_at = now() WHERE id = $1', [id]);
    expect(await isSignedIn(visitor)).toBe(false);
  });

  it('stops with its person, whoever disabled her', async () => {
    const sam = await world.signInAgain('sam.stone');
    const { person_id: personId } = await sessionOf(sam);
    await world.superuser.query('UPDATE person SET disabled_at = now() WHERE id = $1', [personId]);
    expect(await isSignedIn(sam)).toBe(false);
    await world.superuser.query('UPDATE person SET disabled_at = NULL WHERE id = $1', [personId]);
    expect(await isSignedIn(sam)).toBe(true);
  });

  it('stops with its agency', async () => {
    const sam = await world.signInAgain('sam.stone');
    await world.superuser.query(`UPDATE agency SET closed_at = now() WHERE code = 'wexcombe'`);
    expect(await isSignedIn(sam)).toBe(false);
    expect((await world.stranger().fetch('/saml/wexcombe/login')).status).toBe(404);
    await world.superuser.query(`UPDATE agency SET closed_at = NULL WHERE code = 'wexcombe'`);
    expect(await isSignedIn(sam)).toBe(true);
  });
});

describe('shutting somebody out', () => {
  it('ends a session within a second, its live stream included, once the operator has said so', async () => {
    const visitor = await world.signInAgain('frank.moss');
    const other = await world.signInAgain('frank.moss');
    const stream = await EventStream.open(visitor);
    const { id } = await sessionOf(visitor);
    const { code, output } = await operator('session', 'end', id);
    const done = performance.now();
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(await untilSignedOut(visitor)).toBeLessThan(1_000);
    while (stream.endedAt === undefined && performance.now() - done < 5_000) await isSignedIn(other);
    expect((stream.endedAt ?? Infinity) - done).toBeLessThan(1_000);
    expect(await isSignedIn(other)).toBe(true);
  });

  it('disables a person within a second, in all sessions and streams, and lets nobody in by her name again', async () => {
    const [one, other] = [await world.signInAgain('helen.ito'), await world.signInAgain('helen.ito')];
    const stream = await EventStream.open(one);
    const { person_id: person } = await sessionOf(one);
    const { code, output } = await operator('person', 'disable', person);
    const done = performance.now();
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(await untilSignedOut(one)).toBeLessThan(1_000);
    expect(await untilSignedOut(other)).toBeLessThan(1_000);
    const bystander = await world.signIn('amira.rahman');
    while (stream.endedAt === undefined && performance.now() - done < 5_000) await isSignedIn(bystander);
    expect((stream.endedAt ?? Infinity) - done).toBeLessThan(1_000);
    await expect(world.signInAgain('helen.ito')).rejects.toThrow('403');
    const { rows } = await world.superuser.query<{ verb: string }>(`SELECT verb FROM ledger_entry WHERE subject_id = $1 AND verb = 'person.disable'`, [person]);
    expect(rows).toHaveLength(1);
  });

  it('tells every process even when the change is made behind the application’s back', async () => {
    const heard: string[] = [];
    world.superuser.on('notification', ({ payload }) => void heard.push(payload ?? ''));
    await world.superuser.query('LISTEN concordat_live');
    const { id, person_id: personId } = await sessionOf(await world.signInAgain('priya.shah'));
    await world.superuser.query('UPDATE session SET ended_at = now() WHERE id = $1', [id]);
    await world.superuser.query('UPDATE person SET disabled_at = now() WHERE id = $1', [personId]);
    await world.superuser.query('SELECT 1');
    expect(heard.map((payload) => JSON.parse(payload) as object)).toEqual([
      { kind: 'session-ended', ids: { sessionId: id, personId } },
      { kind: 'person-disabled', ids: { personId } },
    ]);
    await world.superuser.query('UNLISTEN concordat_live');
  });
});
