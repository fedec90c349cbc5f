import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { WorkspaceHead } from '../documents/fragments.js';
import { Fields } from '../page/fields.js';
import type { Me } from '../page/page.js';
import { FormView } from './form.js';
import { audienceFields, markingDefaults, markingFields } from './marking-form.js';

interface Part {
  readonly id: string;
  readonly name: string;
  readonly value: string;
  readonly classes: string;
  readonly label: string;
}

interface Choices {
  readonly hint?: { readonly text: string };
  readonly errorMessage?: { readonly text: string };
  readonly items: readonly { readonly value: string; readonly text: string; readonly checked?: boolean; readonly hint?: { readonly text: string } }[];
}

const view = (sent: Record<string, unknown> = {}, problems: { field: string; message: string }[] = [], defaults = {}): FormView => new FormView(new Fields(sent), problems, defaults);

describe('the fields of a form', () => {
  it('carry only what was asked of them', () => {
    expect(view().input('title', { label: 'Title' })).toEqual({ id: 'title', name: 'title', label: { text: 'Title', classes: 'govuk-label--s' }, classes: undefined, value: '' });
    expect(view().input('postcode', { label: 'P', autocomplete: 'off', inputmode: 'numeric', type: 'search', spellcheck: false })).toMatchObject({ autocomplete: 'off', inputmode: 'numeric', type: 'search', spellcheck: false });
  });

  it('give text of several lines back untouched', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }).filter((text) => !text.includes('\r')), (text) => {
        expect(view({ body: text }).textarea('body', { label: 'Note' })).toMatchObject({ value: text, rows: 6 });
      }),
    );
  });

  it('say every problem of a field at once, and none of another’s', () => {
    const form = view({ title: '' }, [{ field: 'title', message: 'Too short.' }, { field: 'title', message: 'Not clear.' }, { field: 'body', message: 'Missing.' }]);
    expect(form.input('title', { label: 'T' })).toMatchObject({ errorMessage: { text: 'Too short. Not clear.' } });
    expect(form.input('other', { label: 'O' })).not.toHaveProperty('errorMessage');
  });

  it('choose in a list what was chosen', () => {
    const items = [{ value: '', text: 'Any' }, { value: 'a', text: 'A' }];
    expect(view({ verb: 'a' }).select('verb', { label: 'V' }, items)).toMatchObject({ items: [{ selected: false }, { selected: true }] });
    expect(view().select('verb', { label: 'V' }, items)).toMatchObject({ items: [{ selected: true }, { selected: false }] });
  });

  it('ask for a day in three parts, of which the first is where an error leads', () => {
    const { items, errorMessage, id } = view({ 'from.day': '31', 'from.month': '2', 'from.year': '2026' }, [{ field: 'from', message: 'Enter a real day' }]).date('from', { label: 'From', hint: 'h' }) as { items: Part[]; errorMessage: { text: string }; id: string };
    expect(items.map((part) => [part.id, part.name, part.value, part.label])).toEqual([['from', 'from.day', '31', 'Day'], ['from-month', 'from.month', '2', 'Month'], ['from-year', 'from.year', '2026', 'Year']]);
    expect([errorMessage.text, id]).toEqual(['Enter a real day', 'from-parts']);
    for (const part of items) expect(part.classes).toContain('govuk-input--error');
    for (const part of (view().date('from', { label: 'From' }) as { items: Part[] }).items) expect(part.classes).not.toContain('error');
  });

  it('start from their defaults, several at once, until something was sent', () => {
    const items = [{ value: 'LEGAL', text: 'L' }, { value: 'MEDICAL', text: 'M' }];
    const checked = (form: FormView): (boolean | undefined)[] => (form.choices('terms', { label: 'T' }, items) as Choices).items.map((item) => item.checked);
    expect(checked(view({}, [], { terms: ['LEGAL', 'MEDICAL'] }))).toEqual([true, true]);
    expect(checked(view({}, [], { terms: 'LEGAL' }))).toEqual([true, false]);
    expect(checked(view({ other: 'x' }, [], { terms: ['LEGAL'] }))).toEqual([false, false]);
  });
});

const agency = (id: string, name: string): { id: string; code: string; name: string } => ({ id, code: id, name });
const me = { agency: agency('a', 'Ashworth') } as unknown as Me;

function headWith(...names: readonly string[]): WorkspaceHead {
  const others = names.map((name) => ({ agency: agency(name.toLowerCase(), name), lead: false, since: '2026-01-01', until: null, agreement: 'ISA-1', clause: '4.1', purpose: null }));
  return { members: [{ agency: me.agency, lead: true, since: '2026-01-01', until: null, agreement: null, clause: null, purpose: null }, ...others] } as unknown as WorkspaceHead;
}

describe('the question of who may see something', () => {
  const asked = (head: WorkspaceHead): { audience: Choices; releasableTo: Choices; canChoose: boolean } => audienceFields(view({}, [], markingDefaults({ sensitive: true, descriptors: [], handling: [] })), head, me, 'note') as never;

  it('names who gains sight, before the act', () => {
    const { audience, releasableTo, canChoose } = asked(headWith('Police', 'Fire'));
    expect(audience.items[0]?.hint?.text).toBe('Police and Fire gain sight of this note as soon as it is saved. An agency invited later gains sight of it too.');
    expect(asked(headWith('Police')).audience.items[0]?.hint?.text).toMatch(/^Police gains sight/);
    expect(releasableTo.items.map(({ text, hint }) => [text, hint?.text])).toEqual([['Police', 'Under clause 4.1 of ISA-1'], ['Fire', 'Under clause 4.1 of ISA-1']]);
    expect(canChoose).toBe(true);
  });

  it('offers no choice where there is nobody to choose, and says who would gain sight later', () => {
    const { audience, canChoose } = asked(headWith());
    expect(audience.items.map(({ value }) => value)).toEqual(['everyone']);
    expect(audience.items[0]?.hint?.text).toContain('only Ashworth sees this note today');
    expect(canChoose).toBe(false);
  });

  it('starts from who may see it already', () => {
    const audienceOf = (releasableTo: readonly string[] | null): unknown => markingDefaults({ sensitive: false, descriptors: [], handling: [] }, releasableTo)['audience'];
    expect([audienceOf(null), audienceOf([]), audienceOf(['p'])]).toEqual(['everyone', 'chosen', 'chosen']);
  });
});

describe('the question of how something is marked', () => {
  it('has no answer until somebody gives one, unless the investigation has', () => {
    const tiers = (form: FormView): (boolean | undefined)[] => (markingFields(form) as { sensitive: Choices }).sensitive.items.map(({ checked }) => checked);
    expect(tiers(view())).toEqual([false, false]);
    expect(tiers(view({}, [], markingDefaults({ sensitive: true, descriptors: [], handling: [] })))).toEqual([false, true]);
    expect(tiers(view({}, [], markingDefaults({ sensitive: false, descriptors: [], handling: [] })))).toEqual([true, false]);
  });
});
