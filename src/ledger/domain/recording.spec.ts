import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { WorkspaceId } from '../../../libs/kernel/index.js';
import { VERBS, type Verb } from '../../../libs/policy/index.js';
import type { EntryDraft } from './entry-draft.js';
import { RECORDING, lackingParts } from './recording.js';

const subject = { kind: 'note', id: 'n-1', title: 'A note', marking: 'OFFICIAL', owner: 'Ashworth' };
const details = { fields: ['title'], count: 2 };
/** Says everything that any verb asks for. */
const full = (verb: Verb): EntryDraft => ({
  verb, outcome: 'done', subject, workspaceId: '1c1c1c1c-1c1c-4c1c-8c1c-1c1c1c1c1c1c' as WorkspaceId, workspaceReference: 'ABC-2026-0001',
  agreement: 'ISA-1', clause: '4.1', purpose: 'Food safety', policy: 'member', recipients: ['Police'], details,
});
/** Each part, and the ways in which an entry may say too little of it. */
const WITHOUT: Readonly<Record<string, readonly ((draft: EntryDraft) => object)[]>> = {
  subject: [() => ({ subject: { ...subject, kind: '' } }), () => ({ subject: { ...subject, id: '' } })],
  'as-it-was': [
    () => ({ subject: { kind: 'note', id: 'n-1' } }), () => ({ subject: { ...subject, title: '' } }),
    () => ({ subject: { ...subject, marking: undefined } }), () => ({ subject: { ...subject, owner: '' } }),
  ],
  case: [() => ({ workspaceId: undefined }), () => ({ workspaceReference: '' })],
  purpose: [() => ({ purpose: undefined }), () => ({ purpose: '' })],
  clause: [() => ({ clause: undefined }), () => ({ agreement: '' }), () => ({ agreement: undefined, clause: undefined, details: { ...details, cases: 'ISA-1' } })],
  decision: [() => ({ policy: undefined }), () => ({ policy: '' })],
  recipients: [() => ({ recipients: undefined })],
  fields: [() => ({ details: { count: 2 } }), () => ({ details: { count: 2, fields: 'title' } })],
  count: [() => ({ details: { fields: [] } }), () => ({ details: { fields: [], count: '2' } }), () => ({ details: { fields: [], count: null } })],
};
const verbs = Object.keys(VERBS) as Verb[];
const asked = verbs.flatMap((verb) => {
  const recording = RECORDING[verb];
  return 'carries' in recording ? [{ verb, parts: recording.carries }] : [];
});

describe('what an entry lacks', () => {
  it.each(asked)('is nothing when $verb says all, and each part of $parts when that is left out', ({ verb, parts }) => {
    expect(lackingParts(full(verb))).toEqual([]);
    for (const part of parts) {
      const ways = WITHOUT[part] ?? [];
      expect(ways).not.toHaveLength(0);
      for (const without of ways) expect(lackingParts({ ...full(verb), ...without(full(verb)) })).toEqual([part]);
    }
  });

  it('is everything that the line of its verb asks for when it says nothing', () => {
    for (const { verb, parts } of asked) expect(lackingParts({ verb, outcome: 'done' })).toEqual(parts);
  });

  it('is nothing of a refusal, nor of a verb that leaves none', () => {
    for (const verb of verbs) expect(lackingParts({ verb, outcome: 'refused' })).toEqual([]);
    const silent = verbs.filter((verb) => 'leavesNone' in RECORDING[verb]);
    expect(silent).toContain('page.public');
    for (const verb of silent) expect(lackingParts({ verb, outcome: 'done' })).toEqual([]);
  });

  it.each([
    ['lead-agency', []], ['own-agency', []], ['own-agency lead-agency', []], ['member', ['clause']], ['assigned', ['clause']],
    // The words as a part of others are none of the policy's reasons.
    ['mislead-agency', ['clause']], ['lead-agencys', ['clause']],
  ])('is no clause where the policy said %s: %j', (policy, lacking) => {
    expect(lackingParts({ ...full('note.add'), agreement: '', clause: '', policy })).toEqual(lacking);
  });

  it('is no clause of a list that names each case with its own, and no recipient where there was none to name', () => {
    const list: EntryDraft = { verb: 'workspace.list', outcome: 'done', policy: 'own-role', details: { count: 0, cases: [] } };
    expect(lackingParts(list)).toEqual([]);
    expect(lackingParts({ ...list, details: { count: 0 } })).toEqual(['clause']);
    expect(lackingParts({ ...full('finding.record'), recipients: [] })).toEqual([]);
  });

  it('is said whatever shape the details have, and never fails', () => {
    const draft = full('workspace.read');
    for (const shape of [null, [], ['count'], 'count', 2, true]) expect(lackingParts({ ...draft, details: shape })).toEqual(['count']);
    fc.assert(fc.property(fc.constantFrom(...verbs), fc.jsonValue(), (verb, shape) => {
      const recording = RECORDING[verb];
      const parts: readonly string[] = 'carries' in recording ? recording.carries : [];
      for (const lacking of lackingParts({ verb, outcome: 'done', details: shape })) expect(parts).toContain(lacking);
    }));
  });
});
