import { describe, expect, it } from '@jest/globals';
import type { ExhibitData } from '../documents/exhibit.js';
import { Fields } from '../page/fields.js';
import { custodyLines } from './custody-lines.js';
import { FormView } from './form.js';
import { happenedFields, happenedIn } from './happened-form.js';

type Line = NonNullable<ExhibitData['exhibit']>['custody'][number];

const BASE: Line = {
  seq: 1, act: 'seized', at: '2026-11-28T14:10:00Z', happenedAt: '2026-11-28T14:05:00Z', by: 'Amira Rahman', agency: 'Ashworth', roles: ['environmental-health-officer'],
  doneBy: null, from: null, to: null, location: null, reason: null, sealBefore: null, sealAfter: null, about: null, signer: 'ab', hash: 'h', previousHash: 'p',
};

/** What the lines of a chain say, one after the other. */
function said(form: string, ...changes: readonly Partial<Line>[]): string[] {
  return custodyLines(changes.map((change, at) => ({ ...BASE, seq: at + 1, ...change })), form).map(({ words }) => words);
}

describe('the lines of a chain of custody', () => {
  it('say who did what, from whom, where and under which seal, in the names of the time', () => {
    const priya = { by: 'Priya Shah', agency: 'Northmoor Police' };
    expect(
      said(
        'physical',
        { sealAfter: 'B123', location: 'The kitchen', doneBy: 'PC Owen Hart' },
        { act: 'transfer-offered', to: 'Northmoor Police' },
        { act: 'transfer-accepted', ...priya, from: 'Amira Rahman, Ashworth', sealBefore: 'B123', location: 'Property store' },
        { act: 'opened', ...priya, sealBefore: 'B123' },
        { act: 'divided', ...priya, about: 'AR/1/1' },
        { act: 'sealed', ...priya, sealAfter: 'B124' },
        { act: 'examined', ...priya, sealBefore: 'B999' },
        { act: 'returned', ...priya, to: 'the owner', sealBefore: 'B999' },
        { act: 'received', from: 'the owner' },
        { act: 'disposed' },
      ),
    ).toEqual([
      'PC Owen Hart seized it, under seal B123, at The kitchen',
      'Amira Rahman (Ashworth) offered it to Northmoor Police',
      'Priya Shah (Northmoor Police) received it from Amira Rahman, Ashworth, seal B123 unbroken, now at Property store',
      'Priya Shah (Northmoor Police) opened it, breaking seal B123',
      'Priya Shah (Northmoor Police) took AR/1/1 out of it',
      'Priya Shah (Northmoor Police) sealed it with seal B124',
      'Priya Shah (Northmoor Police) examined it, with seal B999 where B124 was last recorded',
      'Priya Shah (Northmoor Police) handed it to the owner, seal B999 unbroken',
      'Amira Rahman (Ashworth) received it from the owner, without a seal',
      'Amira Rahman (Ashworth) disposed of it',
    ]);
  });

  it('say of a file what happened to the file', () => {
    const acts: readonly Partial<Line>[] = [
      { act: 'deposited' }, { act: 'shared', to: 'Northmoor Police' }, { act: 'recalled', from: 'Northmoor Police' }, { act: 'opened' }, { act: 'viewed' }, { act: 'copied', about: 'AR/1/1' },
      { act: 'copied', to: 'the court' }, { act: 'copied' }, { act: 'transfer-declined', from: 'Tom Bell, Ashworth' }, { act: 'transfer-withdrawn' }, { act: 'something-new' },
    ];
    expect(said('file', ...acts).map((words) => words.replace('Amira Rahman (Ashworth) ', ''))).toEqual([
      'deposited it', 'gave Northmoor Police its key', 'took its key back from Northmoor Police', 'opened the file', 'looked at it in the portal', 'made AR/1/1 of it',
      'copied it to the court', 'copied it', 'declined it from Tom Bell, Ashworth', 'withdrew the offer of it', 'something new it',
    ]);
  });

  it('tell when it happened apart from when and by whom it was recorded', () => {
    const [line] = custodyLines([BASE], 'physical');
    expect(line).toMatchObject({ when: '28 November 2026 at 2:05pm', recorded: 'Recorded by Amira Rahman, environmental health officer, Ashworth, on 28 November 2026 at 2:10pm' });
    const [old] = custodyLines([{ ...BASE, happenedAt: null, roles: [], signer: null }], 'file');
    expect(old).toMatchObject({ when: '28 November 2026 at 2:10pm', recorded: 'Recorded by Amira Rahman, Ashworth, on 28 November 2026 at 2:10pm', signer: null });
  });
});

describe('a moment in a form', () => {
  const typed = (...[day, month, year, time]: readonly string[]): Fields =>
    new Fields({ 'happenedAt.day': day, 'happenedAt.month': month, 'happenedAt.year': year, 'happenedAt.time': time });

  it('is read in London, winter and summer, or left out', () => {
    expect(happenedIn(typed('28', '11', '2026', '14:05'))).toEqual({ at: '2026-11-28T14:05:00.000Z', problems: [] });
    expect(happenedIn(typed('16', '6', '2026', '9.30'))).toEqual({ at: '2026-06-16T08:30:00.000Z', problems: [] });
    expect(happenedIn(new Fields())).toEqual({ problems: [] });
  });

  it.each([['28', '11', '2026', ''], ['', '', '', '14:05'], ['31', '2', '2026', '14:05'], ['28', '11', '2026', '25:00']] as const)('is no moment as %s %s %s %s, and what was typed comes back', (...parts) => {
    const { at, problems } = happenedIn(typed(...parts));
    expect({ at, fields: problems.map(({ field }) => field) }).toEqual({ at: undefined, fields: ['happenedAt'] });
    expect(JSON.stringify(happenedFields(new FormView(typed(...parts), problems), ''))).toContain(JSON.stringify(parts[3]));
  });
});
