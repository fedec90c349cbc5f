import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { itemStateAt, STATE_PARTS, tellableTo, type ItemState, type StateEntry, type StatePart } from './item-state.js';

const at = (minute: number): Date => new Date(Date.UTC(2026, 5, 16, 8, minute));
const entry = (minute: number, verb: string, parts: Partial<StateEntry> = {}): StateEntry => ({
  id: `${verb} ${minute}`, at: at(minute), verb, person: 'Amira Rahman', agency: 'Ashworth', agencyId: 'ashworth', title: null, marking: null, owner: null, recipients: null, version: null, ...parts,
});
const saved = (minute: number, version: number, parts: Partial<StateEntry> = {}): StateEntry =>
  entry(minute, 'record.save', { version, title: `Title ${version}`, marking: 'OFFICIAL', owner: 'Ashworth', recipients: ['Police'], ...parts });

const FIRST = saved(10, 1);
const SECOND = saved(20, 2, { marking: 'OFFICIAL-SENSITIVE', agency: 'Police', agencyId: 'police', owner: 'Police', recipients: [] });
const STORY = [FIRST, entry(12, 'record.read', { title: 'Title 1', marking: 'OFFICIAL', owner: 'Ashworth', version: 1 }), SECOND];

const valuesOf = ({ parts }: ItemState): Record<string, string | null> => Object.fromEntries(STATE_PARTS.map((part) => [part, parts[part].value]));
const entriesOf = ({ parts }: ItemState): Record<string, string | undefined> => Object.fromEntries(STATE_PARTS.map((part) => [part, parts[part].entry?.id]));
const howOf = (state: ItemState, part: StatePart): string => state.parts[part].how;

describe('the state of an item at a moment', () => {
  it('is what the last entry that wrote it set, each part with that entry, and its owner by whom it was made', () => {
    expect(valuesOf(itemStateAt(STORY, at(19)))).toEqual({ status: 'version-1', title: 'Title 1', marking: 'OFFICIAL', owner: 'Ashworth', recipients: 'Police' });
    const later = itemStateAt(STORY, at(20));
    expect(valuesOf(later)).toEqual({ status: 'version-2', title: 'Title 2', marking: 'OFFICIAL-SENSITIVE', owner: 'Ashworth', recipients: '' });
    expect(entriesOf(later)).toEqual({ status: SECOND.id, title: SECOND.id, marking: SECOND.id, owner: FIRST.id, recipients: SECOND.id });
  });

  it('is that it was not made yet before the entry that made it, and nothing else', () => {
    const { parts } = itemStateAt(STORY, at(9));
    expect(parts.status).toEqual({ value: 'not-made-yet', how: 'set', entry: FIRST });
    for (const part of STATE_PARTS.slice(1)) expect(parts[part]).toEqual({ value: null, how: 'unknown', entry: null });
  });

  it('is not known where no entry says it, nor where the entry that set it does not', () => {
    expect(valuesOf(itemStateAt([], at(30)))).toEqual({ status: null, title: null, marking: null, owner: null, recipients: null });
    const state = itemStateAt([FIRST, saved(20, 2, { title: null, recipients: null })], at(30));
    expect([howOf(state, 'title'), state.parts.title.value, state.parts.title.entry?.id]).toEqual(['unsaid', null, 'record.save 20']);
    expect([howOf(state, 'recipients'), state.parts.recipients.value]).toEqual(['unsaid', null]);
  });

  it('is what a reading says where the entry that set it is gone, and of whom it was for a reading says nothing', () => {
    const read = entry(25, 'record.read', { title: 'Title 2', marking: 'OFFICIAL', owner: 'Ashworth', recipients: ['Police'], version: 2 });
    const state = itemStateAt([read], at(30));
    expect(valuesOf(state)).toEqual({ status: 'version-2', title: 'Title 2', marking: 'OFFICIAL', owner: 'Ashworth', recipients: null });
    expect([howOf(state, 'title'), howOf(state, 'recipients')]).toEqual(['read', 'unknown']);
  });

  it('names no owner after a later version alone: that entry names who wrote', () => {
    expect(itemStateAt([SECOND], at(30)).parts.owner).toEqual({ value: null, how: 'unknown', entry: null });
    expect(howOf(itemStateAt([SECOND], at(5)), 'status')).toBe('unknown');
  });

  it('names who was invited to the case since it was last written', () => {
    const [early, late, never] = [entry(15, 'member.invite'), entry(25, 'member.invite'), entry(35, 'member.invite')];
    expect(itemStateAt([...STORY, early, late, never], at(30)).invited).toEqual([late]);
    expect(itemStateAt([...STORY, early, late, never], at(19)).invited).toEqual([early]);
  });

  it('is no other for acts that set nothing, nor for the order in which entries come, nor for what came later', () => {
    const noise = fc.array(fc.record({ minute: fc.integer({ min: 0, max: 40 }), verb: fc.constantFrom('item.read', 'access-log.read', 'ledger.read') }));
    fc.assert(fc.property(noise, fc.integer({ min: 0, max: 40 }), fc.boolean(), (others, minute, isReversed) => {
      const all = [...others.map((one) => entry(one.minute, one.verb, { title: 'No title of it', marking: 'OFFICIAL' })), ...STORY];
      const told = itemStateAt(isReversed ? all.toReversed() : all, at(minute));
      expect(told).toEqual(itemStateAt(STORY, at(minute)));
      if (minute >= 10) expect(told).toEqual(itemStateAt(STORY.filter((one) => one.at <= at(minute)), at(minute)));
    }));
  });
});

describe('what is told of it to whoever sees the item now', () => {
  const NOW = { originator: 'ashworth', title: 'Title 2', marking: 'OFFICIAL' };
  const withheld = (agency: string, state: ItemState, now = NOW): StatePart[] => STATE_PARTS.filter((part) => howOf(tellableTo(agency, now, state), part) === 'withheld');

  it.each([
    ['the agency it comes from: all but to whom another agency gave it', 'ashworth', NOW, ['recipients']],
    ['the agency that wrote: what it wrote', 'police', NOW, []],
    ['any other: what is still so', 'fire', NOW, ['marking', 'recipients']],
    ['any other, of what has changed since: nothing', 'fire', { ...NOW, title: 'Title 3' }, ['title', 'marking', 'recipients']],
  ] as const)('%s', (_, agency, now, kept) => {
    const state = itemStateAt(STORY, at(30));
    expect(withheld(agency, state, now)).toEqual(kept);
    for (const part of kept) expect(tellableTo(agency, now, state).parts[part].value).toBeNull();
  });

  it('names whom one’s own agency invited, and nobody else', () => {
    const state = itemStateAt([...STORY, entry(25, 'member.invite')], at(30));
    expect(tellableTo('ashworth', NOW, state).invited).toHaveLength(1);
    expect(tellableTo('police', NOW, state).invited).toEqual([]);
  });
});
