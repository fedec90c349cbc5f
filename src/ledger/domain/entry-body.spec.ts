import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Role, canonicalJson, type ActorRef, type EntryId, type Json, type WorkspaceId } from '../../../libs/kernel/index.js';
import { POLICY_VERSION, VERBS, type Verb } from '../../../libs/policy/index.js';
import { readBody } from './audit-entry.js';
import { entryBody, entryLeafHash } from './entry-body.js';
import type { EntryDraft } from './entry-draft.js';

const ID = '0b0b0b0b-0b0b-4b0b-8b0b-0b0b0b0b0b0b' as unknown as EntryId;
const WORKSPACE = '1c1c1c1c-1c1c-4c1c-8c1c-1c1c1c1c1c1c' as unknown as WorkspaceId;
const ACTOR: ActorRef = {
  personId: '2d2d2d2d-2d2d-4d2d-8d2d-2d2d2d2d2d2d' as ActorRef['personId'],
  displayName: 'Amira Rahman',
  agencyId: '3e3e3e3e-3e3e-4e3e-8e3e-3e3e3e3e3e3e' as ActorRef['agencyId'],
  agencyName: 'Ashworth Borough Council',
  agencyCode: 'ashworth',
  roles: [Role.EnvironmentalHealthOfficer],
  sessionId: '4f4f4f4f-4f4f-4f4f-8f4f-4f4f4f4f4f4f' as ActorRef['sessionId'],
  idp: 'https://idp.example',
};
const context = { id: ID, at: new Date('2026-11-21T09:30:00.123Z'), actor: ACTOR, correlationId: 'c-1' };
const parse = (body: string): Record<string, Json> => JSON.parse(body) as Record<string, Json>;

describe('the body of an entry', () => {
  it('is the canonical JSON of who did what, when, to what and why', () => {
    const draft: EntryDraft = {
      verb: 'note.add', outcome: 'done', workspaceId: WORKSPACE, workspaceReference: 'ABC-2026-0001',
      subject: { kind: 'note', id: 'n-1', title: 'A note', marking: 'OFFICIAL', owner: 'Ashworth' }, agreement: 'ISA-1', clause: '4.1', purpose: 'Food safety',
      policy: 'member', recipients: [], details: { fields: ['title'] },
    };
    const body = entryBody(draft, context);
    expect(canonicalJson(parse(body))).toBe(body);
    expect(parse(body)).toEqual({
      v: 1, id: ID, at: '2026-11-21T09:30:00.123Z', verb: 'note.add', category: 'collection', outcome: 'done',
      actor: {
        person: ACTOR.personId, name: 'Amira Rahman', agency: 'ashworth', agencyId: ACTOR.agencyId,
        agencyName: 'Ashworth Borough Council', roles: ['environmental-health-officer'], session: ACTOR.sessionId, idp: 'https://idp.example',
      },
      workspace: { id: WORKSPACE, reference: 'ABC-2026-0001' },
      subject: { kind: 'note', id: 'n-1', title: 'A note', marking: 'OFFICIAL', owner: 'Ashworth' },
      agreement: 'ISA-1', clause: '4.1', purpose: 'Food safety', correlation: 'c-1',
      policy: 'member', policyVersion: POLICY_VERSION, recipients: [], details: { fields: ['title'] },
    });
  });

  it('says itself what it lacks of what its verb must carry, unless it was refused', () => {
    const draft: EntryDraft = { verb: 'exhibit.read', outcome: 'done', workspaceId: WORKSPACE, workspaceReference: '', policy: 'lead-agency', details: [] };
    expect(parse(entryBody(draft, context))['lacks']).toEqual(['subject', 'case', 'purpose', 'as-it-was', 'count']);
    expect(parse(entryBody({ ...draft, policy: 'member' }, context))['lacks']).toContain('clause');
    expect(parse(entryBody({ ...draft, outcome: 'refused' }, context))).not.toHaveProperty('lacks');
    expect(parse(entryBody({ verb: 'page.read', outcome: 'done' }, context))).not.toHaveProperty('lacks');
  });

  it('says null for nobody, and which process acted by itself', () => {
    const body = parse(entryBody({ verb: 'alert.raise', outcome: 'done' }, { ...context, actor: undefined, system: 'worker' }));
    expect(body).toMatchObject({ actor: null, system: 'worker' });
  });

  it('files every act under the category of its verb, whatever the draft claims beside it', () => {
    for (const verb of Object.keys(VERBS) as Verb[]) {
      const claimed = { verb, outcome: 'done', category: 'erasure', actor: null, id: 'x', at: 'never', v: 9 } as unknown as EntryDraft;
      expect(parse(entryBody(claimed, context))).toMatchObject({ category: VERBS[verb].category, id: ID, v: 1, at: context.at.toISOString() });
      expect(parse(entryBody(claimed, context))['actor']).not.toBeNull();
    }
  });

  it('can be recorded whatever an attacker put into the act', () => {
    const hostile = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\0', '\ud800', 'a\udc00', '\u202e', '"\\', '\u2028'));
    const details = fc.object({ key: hostile, values: [hostile, fc.double(), fc.integer(), fc.boolean(), fc.constant(null)], maxDepth: 3 });
    fc.assert(
      fc.property(hostile, details, (title, said) => {
        const draft: EntryDraft = { verb: 'note.add', outcome: 'refused', subject: { kind: 'note', id: title, title }, details: said as Json };
        const body = entryBody(draft, context);
        expect(canonicalJson(parse(body))).toBe(body);
        expect(body).not.toContain('\\u0000');
        expect(Buffer.from(body, 'utf8').toString('utf8')).toBe(body);
      }),
    );
  });

  it('keeps plain text as it is and shortens only what is beyond all use', () => {
    const title = 'Café “Zoë” – 日本 🍜';
    expect(parse(entryBody({ verb: 'note.add', outcome: 'done', subject: { kind: 'n', id: 'i', title } }, context))['subject']).toMatchObject({ title });
    const long = parse(entryBody({ verb: 'note.add', outcome: 'done', reason: 'x'.repeat(1_000_000) }, context))['reason'] as string;
    expect(long).toHaveLength(4_000);
    expect(long.endsWith('…')).toBe(true);
    const split = parse(entryBody({ verb: 'note.add', outcome: 'done', reason: `${'x'.repeat(3_998)}🍜🍜` }, context))['reason'] as string;
    expect(Buffer.from(split, 'utf8').toString('utf8')).toBe(split);
  });
});

describe('the leaf hash of an entry', () => {
  it('is SHA-256 over 0x00, the salt and the UTF-8 of the body', () => {
    const salt = Uint8Array.from({ length: 16 }, (_, at) => at);
    const expected = createHash('sha256').update(Buffer.from([0])).update(salt).update('{"name":"Zoë"}', 'utf8').digest('hex');
    expect(Buffer.from(entryLeafHash(salt, '{"name":"Zoë"}')).toString('hex')).toBe(expected);
  });
});

describe('reading a body back', () => {
  it('blanks what cannot be read and never fails', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      expect(() => readBody(text)).not.toThrow();
    }));
    expect(readBody('{"actor":5,"subject":[],"recipients":"x","verb":1}')).toMatchObject({ actor: null, subject: null, recipients: null, verb: '' });
  });

  it('gives back what was recorded', () => {
    const body = entryBody({ verb: 'item.read', outcome: 'refused', policy: 'no-grant', details: { items: ['a'] } }, context);
    expect(readBody(body)).toMatchObject({ verb: 'item.read', outcome: 'refused', policy: 'no-grant', details: { items: ['a'] }, actor: { name: 'Amira Rahman' } });
  });
});
