import { describe, expect, it } from '@jest/globals';
import type { AgencyLogRow } from '../documents/fragments.js';
import { agencyLogRow } from './agency-log.js';

const READ: AgencyLogRow = {
  id: 'e', at: '2026-06-16T07:06:00Z', verb: 'item.read', category: 'consultation', outcome: 'done', personId: 'p/1', person: 'Owen Hart', agency: 'Northmoor Police',
  workspaceId: 'w', workspaceReference: 'ASH-2026-1', subjectKind: 'note', subjectTitle: 'A visit', subjectMarking: 'OFFICIAL', isHidden: false, clause: '4.1', purpose: 'Safety',
  concerned: [], hasMore: false,
};

describe('an entry of an agency’s log', () => {
  it('is a row with its way to the case and to everything the same person did', () => {
    expect(agencyLogRow(READ)).toEqual({
      at: '16 June 2026 at 8:06am', iso: '2026-06-16T07:06:00.000Z', who: 'Owen Hart', agency: 'Northmoor Police', what: 'Read items', refused: false, category: 'Consultation',
      subject: 'Note: A visit', concerned: [], reference: 'ASH-2026-1', href: '/investigations/w', only: '/agency-log?person=p%2F1', ground: 'Clause 4.1: Safety',
    });
  });

  it.each([
    ['hidden or absent', { isHidden: true, subjectKind: null, subjectTitle: null }, 'Something you may not see, or that is not there'],
    ['about nothing', { subjectKind: null, subjectTitle: null }, ''],
    ['about what has no title of its own', { subjectKind: 'session', subjectTitle: null }, 'Session'],
  ])('says of what is %s so, in one answer', (_, parts, subject) => {
    expect(agencyLogRow({ ...READ, ...parts })).toMatchObject({ subject });
  });

  it('of another agency’s leads nowhere, names what was read along with its marking, and of more not how much', () => {
    const concerned = [{ title: 'Ours', marking: 'OFFICIAL' }];
    const row = agencyLogRow({ ...READ, personId: null, person: null, workspaceId: null, workspaceReference: null, clause: null, purpose: null, outcome: 'refused', concerned, hasMore: true });
    expect(row).toMatchObject({ who: 'The portal itself', only: undefined, href: undefined, reference: null, ground: '', refused: true, concerned: ['Ours (OFFICIAL)', 'and more'] });
  });
});
