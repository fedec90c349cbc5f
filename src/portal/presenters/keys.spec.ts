import { describe, expect, it } from '@jest/globals';
import { changeView, keyView, spaced } from './keys.js';

const KEY = {
  agency: { code: 'northmoor-police', name: 'Northmoor Police' }, fingerprint: 'ab12'.repeat(10), label: 'Exhibits', heldByPortal: false, readsSeipd2: false,
  state: 'in-use', since: '2026-06-15T08:00:00Z', expiresAt: '2027-06-15T08:00:00Z', until: null,
};
const CHANGE = {
  id: 'c', kind: 'register', fingerprint: 'ab12'.repeat(10), reason: 'Our HSM', proposedBy: 'Ruth Adams', proposedAt: '2026-06-15T08:00:00Z', state: 'waiting',
  settledBy: null, settledAt: null, canApprove: true, canWithdraw: true,
};

describe('a key, in words', () => {
  it('has a fingerprint that can be read aloud', () => {
    expect(spaced('0123456789ab')).toBe('0123 4567 89AB');
  });

  it('says who holds it, until when, and what its programs may not read', () => {
    expect(keyView(KEY)).toMatchObject({ holder: expect.stringContaining('portal cannot open') as unknown, expires: '15 June 2027', until: undefined, tag: { text: 'In use' }, warning: expect.stringContaining('concordat open') as unknown });
    expect(keyView({ ...KEY, heldByPortal: true, readsSeipd2: true, expiresAt: null, state: 'revoked', until: '2026-07-01T08:00:00Z' })).toMatchObject({
      holder: 'Held by the portal', expires: 'Does not expire', warning: undefined, tag: { text: 'Revoked' }, until: expect.stringContaining('1 July 2026') as unknown,
    });
  });
});

describe('a change of keys, in words', () => {
  it('waits, or says what came of it and by whom', () => {
    expect(changeView(CHANGE)).toMatchObject({ waits: true, what: 'Register our own key', settled: undefined, canApprove: true });
    const settled = { settledBy: 'Owen Hart', settledAt: '2026-06-16T08:00:00Z' };
    expect(changeView({ ...CHANGE, ...settled, state: 'done' })).toMatchObject({ waits: false, settled: expect.stringMatching(/^Approved by Owen Hart, 16 June 2026/) as unknown });
    expect(changeView({ ...CHANGE, ...settled, kind: 'renew', fingerprint: null, state: 'withdrawn' })).toMatchObject({ fingerprint: undefined, settled: expect.stringMatching(/^Withdrawn by/) as unknown });
  });
});
