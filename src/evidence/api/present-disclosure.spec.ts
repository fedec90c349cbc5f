import { describe, expect, it } from '@jest/globals';
import type { AgencyId, ItemId, PersonId } from '../../../libs/kernel/index.js';
import type { Schedule, ScheduleLine } from '../queries/disclosure-schedule.js';
import { presentSchedule } from './present-disclosure.js';

const COUNCIL = '00000000-0000-4000-8000-000000000001' as AgencyId;
const AT = new Date('2026-06-02T09:00:00Z');

const row = (reference: string, more: Partial<ScheduleLine> = {}): ScheduleLine => ({
  id: `00000000-0000-4000-8000-00000000${reference.padStart(4, '0')}` as ItemId,
  reference,
  title: 'Menu',
  description: '',
  form: 'file',
  fileName: 'menu.pdf',
  sha256: 'ab',
  producer: 'Amira Rahman',
  recordedAt: AT,
  disposedAt: null,
  marking: 'OFFICIAL-SENSITIVE - COMMERCIAL',
  mayReview: true,
  tier: 1,
  sensitive: true,
  descriptors: ['COMMERCIAL'],
  handling: [],
  originator: { id: COUNCIL, code: 'ashworth', name: 'Ashworth' },
  releasable: null,
  review: {
    seq: 3,
    class: 'used',
    result: 'served',
    ground: null,
    reason: 'Part of it',
    agencyId: COUNCIL,
    agencyName: 'Ashworth',
    reviewedBy: 'Tom Bell',
    reviewedAt: AT,
  },
  ...more,
});

const VERSION = {
  id: 'v',
  version: 1,
  statement: 'Whole',
  agencyName: 'Ashworth',
  signedById: 'p' as PersonId,
  signedBy: 'Tom Bell',
  signedAt: AT,
};

const schedule = (more: Partial<Schedule> = {}): Schedule => ({
  shown: undefined,
  lines: [row('1')],
  versions: [],
  since: [],
  state: 'ab',
  isCut: false,
  canSign: true,
  ...more,
});

describe('a schedule as it is shown', () => {
  it('says of each exhibit its marking, its review and whether it can be reviewed', () => {
    expect(presentSchedule(schedule()).lines).toEqual([
      {
        exhibitId: row('1').id,
        reference: '1',
        title: 'Menu',
        producedBy: 'Amira Rahman',
        agency: 'Ashworth',
        marking: 'OFFICIAL-SENSITIVE - COMMERCIAL',
        disposed: false,
        canReview: true,
        review: { seq: 3, class: 'used', result: 'served', ground: null, reason: 'Part of it', reviewedBy: 'Tom Bell', agency: 'Ashworth', reviewedAt: AT },
      },
    ]);
  });

  it('is never current before anybody signed, and afterwards as long as nothing has come since', () => {
    const since = [{ id: '1', what: 'added' as const, reference: '1', title: 'Menu' }];
    expect(presentSchedule(schedule()).current).toBe(false);
    expect(presentSchedule(schedule({ versions: [VERSION] })).current).toBe(true);
    expect(presentSchedule(schedule({ versions: [VERSION], since })).current).toBe(false);
  });

  it('is reviewed as it stands, and not in an older version', () => {
    const shown = presentSchedule(schedule({ versions: [VERSION], shown: VERSION }));
    expect([shown.version, shown.lines[0]?.canReview]).toEqual([1, false]);
    expect(presentSchedule(schedule({ lines: [row('1', { mayReview: false })] })).lines[0]?.canReview).toBe(false);
  });

  it('says of what was disposed of that it was, and of what nobody reviewed that nobody did', () => {
    const lines = [row('1', { disposedAt: AT }), row('2', { review: null })];
    expect(presentSchedule(schedule({ lines })).lines.map(({ disposed, review }) => [disposed, review === null])).toEqual([[true, false], [false, true]]);
  });
});
