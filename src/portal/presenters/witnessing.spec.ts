import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { duration, witnessView, type Witnessing, type WitnessView } from './witnessing.js';

type Witness = Witnessing['witnesses'][number];

const OAK: Witness = { name: 'oak', key: 'oak+1', size: 1200, cosignedAt: '2026-06-16T07:06:00Z', answeredAt: '2026-06-16T07:07:00Z', answer: 'cosigned', message: null, failingSince: null };
const ELM: Witness = { ...OAK, name: 'elm', key: 'elm+2' };
const SILENT_ELM: Witness = { ...ELM, answer: 'unreachable', message: 'It cannot be reached.', failingSince: '2026-06-16T06:00:00Z' };
const COSIGNED: Witnessing = {
  standing: 'cosigned', writingStopped: false, total: 2, needed: 1, answering: 2, cosignedSize: 1200, cosignedBy: 2, cosignedAt: '2026-06-16T07:06:00Z', waitsSince: null, debtSeconds: 0, budgetSeconds: 14_400,
  witnesses: [OAK, ELM], conflicts: [],
};
const OWING = { standing: 'debt', needed: 2, answering: 1, cosignedBy: 2, waitsSince: '2026-06-16T06:00:00Z', debtSeconds: 720, witnesses: [OAK, SILENT_ELM] } as const;
const CONFLICT: Witnessing['conflicts'][number] = { witness: 'oak', kind: 'fork', message: 'oak signed another tree.', foundAt: '2026-06-16T08:00:00Z', theirs: 'their root', theirsSize: 9, ours: 'our root', oursSize: 9 };

const view = (change: Partial<Witnessing> = {}): WitnessView => witnessView({ ...COSIGNED, ...change });

const VOUCHED = 'Cosigned by 2 of 2 witnesses up to entry 1,199, 16 June 2026 at 8:06am.';
const ELM_IS_SILENT = 'elm has not cosigned since 16 June 2026 at 7:00am: It cannot be reached.';
const REFUSED = 'Acts that write are refused until enough of them answer again. Reading, auditing, signing in and out go on.';
const CONTRADICTS = 'The ledger contradicts what was signed: it forked, was rewritten or was set back.';

describe('who vouches for the ledger, in words', () => {
  it('is one quiet line where all is well', () => {
    expect(view()).toMatchObject({ tone: 'quiet', sentences: [VOUCHED], conflicts: [] });
    expect(view({ cosignedAt: null }).sentences).toEqual(['Cosigned by 2 of 2 witnesses up to entry 1,199, at a time unknown.']);
  });

  it('warns of one who is silent though enough have cosigned', () => {
    expect(view({ witnesses: [OAK, SILENT_ELM] })).toMatchObject({ tone: 'warning', sentences: [VOUCHED, ELM_IS_SILENT] });
  });

  it('warns that there are none', () => {
    expect(view({ standing: 'none', total: 0, witnesses: [] })).toEqual({
      tone: 'warning', sentences: ['This ledger has no witnesses: nobody but those who run it vouches that it was not rewritten.'], rows: [], conflicts: [],
    });
  });

  it('warns of what is owed, since when, out of how much, by whom, and what still holds', () => {
    expect(view(OWING)).toMatchObject({
      tone: 'warning', sentences: ['Only 1 of 2 witnesses answer; entries since 16 June 2026 at 7:00am are not cosigned by enough, which are 2 (debt 12 minutes of 4 hours).', ELM_IS_SILENT, VOUCHED],
    });
  });

  it('does not say "only" where enough answer, nor since when where nothing waits, nor that anything holds where nothing does', () => {
    expect(view({ ...OWING, answering: 2, witnesses: [OAK, ELM] }).sentences[0]).toMatch(/^2 of 2 witnesses answer; entries since /);
    expect(view({ ...OWING, waitsSince: null }).sentences[0]).toBe('Only 1 of 2 witnesses answer; new entries are not cosigned by enough (debt 12 minutes of 4 hours).');
    expect(view({ ...OWING, cosignedSize: 0 }).sentences).not.toContainEqual(expect.stringMatching(/^Cosigned by/));
  });

  it('is an error where writing stopped, and says what goes on', () => {
    const stopped = view({ ...OWING, standing: 'stopped', writingStopped: true });
    expect(stopped.tone).toBe('error');
    expect(stopped.sentences.slice(1)).toEqual([REFUSED, ELM_IS_SILENT, VOUCHED]);
    expect(view(OWING).sentences).not.toContain(REFUSED);
  });
});

describe('a ledger that contradicts what was signed', () => {
  const conflicting = { standing: 'conflict', conflicts: [CONFLICT, { ...CONFLICT, message: 'elm signed more than there is.' }] } as const;

  it('says so before all else, then each conflict', () => {
    expect(view(conflicting)).toMatchObject({ tone: 'error', sentences: [CONTRADICTS, 'oak signed another tree.', 'elm signed more than there is.'] });
    expect(view(conflicting).conflicts[0]).toEqual({ witness: 'oak', message: 'oak signed another tree.', at: '16 June 2026 at 9:00am', theirs: 'their root', ours: 'our root' });
  });

  it('says last what is owed, and only where something is', () => {
    for (const owing of [{ answering: 0 }, { writingStopped: true }]) {
      const { sentences } = view({ ...conflicting, ...owing });
      expect([sentences[0], sentences.length, sentences.at(-1)]).toEqual([CONTRADICTS, 4, expect.stringMatching(/of 2 witnesses answer; /)]);
    }
  });

  it('never vouches for itself, and is never less than an error', () => {
    fc.assert(fc.property(fc.boolean(), fc.nat({ max: 3 }), fc.nat({ max: 3 }), fc.constantFrom([OAK, ELM], [OAK, SILENT_ELM]), (writingStopped, answering, needed, witnesses) => {
      const { tone, sentences } = view({ ...conflicting, writingStopped, answering, needed, witnesses });
      expect([tone, sentences[0]]).toEqual(['error', CONTRADICTS]);
      expect(sentences.some((one) => one.startsWith('Cosigned by'))).toBe(false);
    }));
  });
});

describe('a witness as a row', () => {
  it('says how far it has vouched, when it answered and with what', () => {
    expect(view({ witnesses: [OAK, SILENT_ELM] }).rows).toEqual([
      { name: 'oak', key: 'oak+1', upTo: '1,200 entries', cosignedAt: '16 June 2026 at 8:06am', answeredAt: '16 June 2026 at 8:07am', fails: false, words: 'Cosigned' },
      expect.objectContaining({ name: 'elm', fails: true, words: 'It cannot be reached.' }),
    ]);
  });

  it('says of one that was never asked that there is nothing yet', () => {
    const unasked = { ...OAK, size: 0, cosignedAt: null, answeredAt: null, answer: 'not-asked', message: 'It has not been asked yet.' };
    expect(view({ witnesses: [unasked] }).rows).toEqual([{ name: 'oak', key: 'oak+1', upTo: 'Nothing yet', cosignedAt: undefined, answeredAt: undefined, fails: false, words: 'It has not been asked yet.' }]);
  });
});

describe('a time that is owed', () => {
  it.each([
    [0, '0 seconds'], [1, '1 second'], [119.9, '119 seconds'], [120, '2 minutes'], [3600, '60 minutes'], [7199, '119 minutes'], [7200, '2 hours'], [3_600_000, '1,000 hours'],
  ])('of %d seconds is %s', (seconds, text) => {
    expect(duration(seconds)).toBe(text);
  });
});
