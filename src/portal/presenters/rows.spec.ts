import { describe, expect, it } from '@jest/globals';
import type { AlertRow, EntryRow, ItemParts, TimelineParts, WorkspaceHead } from '../documents/fragments.js';
import { alertRow } from './alerts.js';
import { entryRow, subjectOf } from './ledger.js';
import type { Me } from '../page/page.js';
import { itemCard, paragraphs, timelineEvent, workspaceBar, workspaceRow } from './workspace.js';
import { channelWords, custodyWords, deliveryWords, gatewayWords, kindWords, statusTag, urgencyTag, VERB_CHOICES } from './words.js';
import { VERBS } from '../../../libs/policy/index.js';

const ASHWORTH = { id: 'a', code: 'ashworth', name: 'Ashworth Borough Council' };
const MARKING = { text: 'OFFICIAL', sensitive: false, descriptors: [], handling: [], originator: ASHWORTH, releasableTo: null };
const HEAD = {
  id: 'w', reference: 'ASH-1', title: 'The Mill', status: 'open', marking: MARKING, leadAgency: ASHWORTH,
  can: { invite: false, addNote: true, saveRecord: true, recordFinding: false, addExhibit: true },
} as unknown as WorkspaceHead;
const ME = { agency: ASHWORTH } as unknown as Me;
const ITEM: ItemParts = {
  id: 'i', kind: 'note', title: 'Visit', text: 'One.\n\nTwo.', marking: MARKING, version: 1, createdAt: '2026-06-30T23:30:00Z', createdBy: 'Amira Rahman', agency: ASHWORTH, finding: null,
};
const FINDING = {
  inspectedOn: '2026-06-16', hygiene: 25, structure: 20, confidence: 30, imminentRisk: true, rating: 0, ratingWords: 'Urgent improvement necessary', breach: true, urgency: 'critical', rule: 'Imminent risk',
};

describe('an alert in a list', () => {
  const ALERT: AlertRow = {
    id: 'x', reference: 'AL-1', urgency: 'high', raisedAt: '2026-01-01T00:05:00Z', post: 'Duty desk', workspaceId: 'w', workspaceReference: 'ASH-1', workspaceTitle: 'The Mill', findingId: 'f',
    findingTitle: 'Kitchen', marking: { text: 'OFFICIAL' }, acknowledgedAt: null, acknowledgedBy: null,
  };

  it('says what happened where, when, and for whom', () => {
    expect(alertRow(ALERT)).toMatchObject({
      href: '/alerts/x', urgency: { text: 'High', classes: 'govuk-tag--orange' }, raised: '1 January 2026 at 12:05am', iso: '2026-01-01T00:05:00.000Z',
      investigation: 'ASH-1 The Mill', investigationHref: '/investigations/w', acknowledged: undefined,
    });
  });

  it('says who has it once somebody has', () => {
    expect(alertRow({ ...ALERT, acknowledgedAt: '2026-07-01T08:00:00Z', acknowledgedBy: 'Priya Shah' })).toMatchObject({ acknowledged: 'Priya Shah, 1 July 2026 at 9:00am' });
    expect(alertRow({ ...ALERT, acknowledgedAt: '2026-07-01T08:00:00Z' })).toMatchObject({ acknowledged: 'A duty officer, 1 July 2026 at 9:00am' });
  });
});

describe('an entry of the ledger in a list', () => {
  const ENTRY: EntryRow = {
    id: 'e', index: 7, at: '2026-06-16T07:06:00Z', verb: 'note.add', category: 'collection', outcome: 'done', person: 'Priya Shah', agency: 'Northmoor Police', workspaceReference: 'ASH-1',
    subjectKind: 'note', subjectId: null, personId: null, subjectTitle: 'Visit', subjectMarking: 'OFFICIAL', clause: '4.1', purpose: 'Food safety',
  };

  it('leads on only for those who may open entries', () => {
    expect(entryRow(ENTRY, true)).toMatchObject({ href: '/audit/entries/e', refused: false, subject: 'Note: Visit', ground: 'Clause 4.1: Food safety' });
    expect(entryRow(ENTRY, false)).toMatchObject({ href: undefined });
  });

  it('is of the portal itself where nobody acted, and says no ground where there is none', () => {
    expect(entryRow({ ...ENTRY, person: null, agency: null, clause: null, purpose: null, outcome: 'refused' }, false)).toMatchObject({ who: 'The portal itself', agency: '', ground: '', refused: true });
    expect(entryRow({ ...ENTRY, purpose: null }, false)).toMatchObject({ ground: 'Clause 4.1' });
    expect(entryRow({ ...ENTRY, clause: null }, false)).toMatchObject({ ground: 'Food safety' });
  });

  it('names what it is about as far as it is known', () => {
    expect([subjectOf(ENTRY), subjectOf({ ...ENTRY, subjectTitle: null }), subjectOf({ ...ENTRY, subjectKind: null })]).toEqual(['Note: Visit', 'Note', '']);
  });
});

describe('an investigation', () => {
  it('has one current tab, and links for every act', () => {
    const { tabs, links } = workspaceBar(HEAD, 'evidence') as { tabs: { text: string; active: boolean; href: string }[]; links: Record<string, string> };
    expect(tabs.filter(({ active }) => active)).toEqual([{ text: 'Evidence', active: true, href: '/investigations/w/evidence' }]);
    expect(Object.values(links)).toEqual(['/investigations/w/notes/new', '/investigations/w/record/new', '/investigations/w/findings/new', '/investigations/w/evidence/new', '/investigations/w/evidence/physical', '/investigations/w/sharing/invite']);
  });

  it('is a row with its moment for people and for machines', () => {
    const row = { id: 'w', reference: 'ASH-1', title: 'The Mill', status: 'closed', marking: 'OFFICIAL', leadAgency: 'Ashworth', businessName: 'Mill', openedAt: '2026-03-29T01:30:00Z' };
    // The clocks of London went forward half an hour before.
    expect(workspaceRow(row)).toMatchObject({ href: '/investigations/w', opened: '29 March 2026 at 2:30am', iso: '2026-03-29T01:30:00.000Z', status: { text: 'Closed', classes: 'govuk-tag--grey' } });
  });
});

describe('an item of the record', () => {
  it('is told by whom, for whom and when in London', () => {
    expect(itemCard(ITEM, HEAD, ME)).toMatchObject({
      id: 'item-i', kind: 'Note', paragraphs: ['One.', 'Two.'], by: 'Amira Rahman, Ashworth Borough Council', at: '1 July 2026 at 12:30am', version: undefined, edit: undefined, exhibit: undefined, finding: undefined,
    });
  });

  it('can be edited where it is a record and the reader may save it, and nowhere else', () => {
    const edit = (kind: string, saveRecord: boolean): unknown => (itemCard({ ...ITEM, kind, version: 3 }, { ...HEAD, can: { ...HEAD.can, saveRecord } }, ME) as { edit?: string }).edit;
    expect([edit('record', true), edit('record', false), edit('note', true), edit('finding', true)]).toEqual(['/investigations/w/record/i/edit', undefined, undefined, undefined]);
    expect(itemCard({ ...ITEM, kind: 'record', version: 3 }, HEAD, ME)).toMatchObject({ version: 'Version 3' });
  });

  it('is marked anew by the agency it is from, and a record where it is edited', () => {
    const at = (kind: string, agency: Me['agency']): unknown => (itemCard({ ...ITEM, kind }, HEAD, { agency } as Me) as { classify?: string }).classify;
    expect(['note', 'finding', 'exhibit', 'record'].map((kind) => at(kind, ASHWORTH))).toEqual([...Array.from({ length: 3 }, () => '/investigations/w/items/i/marking'), undefined]);
    expect(at('note', { ...ASHWORTH, id: 'police' })).toBeUndefined();
  });

  it('leads to the exhibit it is', () => {
    expect(itemCard({ ...ITEM, kind: 'exhibit', text: null }, HEAD, ME)).toMatchObject({ exhibit: '/investigations/w/evidence/i', paragraphs: [] });
  });

  it('says each score of a finding out of what it can be, and the rule that made it a breach', () => {
    const { finding } = itemCard({ ...ITEM, kind: 'finding', finding: FINDING }, HEAD, ME) as { finding: { breach: boolean; urgency: object; summary: { rows: { key: { text: string }; value: { text: string } }[] } } };
    expect(finding).toMatchObject({ breach: true, urgency: { text: 'Critical', classes: 'govuk-tag--red' } });
    expect(Object.fromEntries(finding.summary.rows.map(({ key, value }) => [key.text, value.text]))).toEqual({
      'Inspected on': '16 June 2026', 'Food hygiene rating': '0 – Urgent improvement necessary', 'Hygiene and safety': '25 of 25', 'Structure and cleanliness': '20 of 25',
      'Confidence in management': '30 of 30', 'Imminent risk to health': 'Yes', 'Risk rule': 'Imminent risk',
    });
    const calm = itemCard({ ...ITEM, kind: 'finding', finding: { ...FINDING, breach: false, urgency: null, rule: null, imminentRisk: false } }, HEAD, ME) as typeof finding & { finding: typeof finding };
    expect(calm.finding.urgency).toBeUndefined();
    expect(calm.finding.summary.rows.map(({ key }) => key.text)).not.toContain('Risk rule');
  });

  it('is an event of the timeline that leads to the item where there is one', () => {
    const event: TimelineParts = { id: 't', at: '2026-06-16T07:06:00Z', what: 'Note added', title: 'Visit', who: 'Amira', agency: 'Ashworth', marking: 'OFFICIAL', itemId: 'i' };
    expect(timelineEvent(event, 'w')).toMatchObject({ href: '/investigations/w/record#item-i', at: '16 June 2026 at 8:06am' });
    expect(timelineEvent({ ...event, itemId: null }, 'w')).toMatchObject({ href: undefined });
  });

  it('keeps the lines of what people wrote and drops only what is empty', () => {
    expect(paragraphs('a\nb\n\n\n\nc\n\n  \n\n')).toEqual(['a\nb', 'c']);
    expect(paragraphs('')).toEqual([]);
  });
});

describe('the words of the portal', () => {
  it('know every act the auditor can filter by, and nothing that is no act', () => {
    for (const { value } of VERB_CHOICES) expect(Object.keys(VERBS)).toContain(value);
    expect(VERB_CHOICES.every(({ text }) => /^[A-Z]/.test(text) && !text.includes('.'))).toBe(true);
  });

  it('say of a delivery only what was confirmed', () => {
    expect(['queued', 'handed-over', 'accepted', 'failed'].map((state) => deliveryWords('email', state))).toEqual(['Waiting to be sent', 'Handed to the mail server', 'Accepted by the receiver', 'Failed']);
    expect(deliveryWords('portal', 'handed-over')).toBe('On the pages of your agency’s people');
    expect([channelWords('email'), channelWords('portal'), channelWords('pager')]).toEqual(['E-mail', 'This portal', 'Pager']);
  });

  it('name the law with its code, and a law they do not know by its code', () => {
    expect(gatewayWords('CDA115')).toBe('Crime and Disorder Act 1998, section 115 (CDA115)');
    expect([gatewayWords('XYZ1'), gatewayWords('toString')]).toEqual(['XYZ1', 'toString']);
  });

  it('never show a code that has no words as one', () => {
    expect([kindWords('finding'), kindWords('site-visit'), kindWords('constructor'), custodyWords('handed.over')]).toEqual(['Inspection finding', 'Site visit', 'Constructor', 'Handed over']);
    expect([urgencyTag('odd').classes, statusTag('open').classes]).toEqual(['govuk-tag--grey', 'govuk-tag--green']);
  });
});
