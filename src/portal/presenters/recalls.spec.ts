import { describe, expect, it } from '@jest/globals';
import { recallView, seenLine, waits } from './recalls.js';

const RECALL = {
  id: 'r/1', from: 'Northmoor Police', by: 'Ashworth Borough Council', recalledBy: 'Amira Rahman', recalledAt: '2026-06-15T08:00:00Z', workspaceReference: 'ASH-1',
  reference: 'AR/1', title: 'Film', marking: 'OFFICIAL', reason: 'Shared by mistake', why: 'recalled', seen: [{ person: 'Priya Shah', act: 'viewed', at: '2026-06-14T08:00:00Z' }],
  copies: null, answer: null, answeredBy: null, answeredAt: null,
};

describe('a recall, in words', () => {
  it('says who had seen what, and that it waits', () => {
    expect(waits(RECALL)).toBe(true);
    expect(recallView(RECALL)).toMatchObject({ href: '/recalls/r%2F1', who: 'Amira Rahman, Ashworth Borough Council', copies: undefined, answered: undefined });
    expect(recallView({ ...RECALL, why: 'left', recalledBy: 'Frank Moss, Northmoor Fire' })).toMatchObject({ who: 'Frank Moss, Northmoor Fire', hasLeft: true });
    expect(RECALL.seen.map(seenLine)).toEqual([expect.stringMatching(/^Priya Shah viewed it in the page, 14 June 2026/)]);
    expect(seenLine({ person: 'A', act: 'copied', at: '2026-06-14T08:00:00Z' })).toContain('took a sealed copy');
  });

  it('says what became of the copies, and who said so', () => {
    const answered = { ...RECALL, copies: 'kept', answer: 'Served on the defence', answeredBy: 'Ruth Adams', answeredAt: '2026-06-16T08:00:00Z' };
    expect(waits(answered)).toBe(false);
    expect(recallView(answered)).toMatchObject({ copies: 'A copy is kept', answer: 'Served on the defence', answered: expect.stringMatching(/^Ruth Adams, 16 June 2026/) as unknown });
  });
});
