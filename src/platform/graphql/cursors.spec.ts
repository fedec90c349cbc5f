import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ActorRef } from '../../../libs/kernel/index.js';
import type { Config } from '../config/index.js';
import { Cursors } from './cursors.js';

const cursors = new Cursors({ keys: { cookieSecret: 'one secret of this deployment' } } as Config);
const actor = (personId: string, agencyId = 'agency'): ActorRef => ({ personId, agencyId }) as unknown as ActorRef;

describe('cursors', () => {
  it('give their place back to the person and the list they were made for', () => {
    const position = ['2026-11-21T00:00:00.000Z', 'id', 7];
    const sealed = cursors.seal(actor('a'), 'items:w:note', position);
    expect(cursors.open(actor('a'), 'items:w:note', sealed)).toEqual({ ok: true, value: position });
  });

  it('mean nothing to another person, another agency or another filter', () => {
    const sealed = cursors.seal(actor('a'), 'items:w:note', ['x']);
    for (const [who, filter] of [
      [actor('b'), 'items:w:note'],
      [actor('a', 'other'), 'items:w:note'],
      [actor('a'), 'items:w:finding'],
    ] as const) {
      expect(cursors.open(who, filter, sealed).ok).toBe(false);
    }
  });

  it('refuse any text they did not write', () => {
    fc.assert(fc.property(fc.string(), (text) => !cursors.open(actor('a'), 'list', text).ok));
    fc.assert(
      fc.property(fc.uint8Array({ min: 0, max: 255, minLength: 17 }), (bytes) => !cursors.open(actor('a'), 'list', Buffer.from(bytes).toString('base64url')).ok),
    );
  });

  it('refuse one changed in any single bit', () => {
    const sealed = Buffer.from(cursors.seal(actor('a'), 'list', ['x', 1]), 'base64url');
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const changed = Buffer.from(sealed);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(cursors.open(actor('a'), 'list', changed.toString('base64url')).ok).toBe(false);
    }
  });

  it('start at the beginning when there is none', () => {
    expect(cursors.open(actor('a'), 'list', undefined)).toEqual({ ok: true, value: undefined });
    expect(cursors.open(actor('a'), 'list', null)).toEqual({ ok: true, value: undefined });
  });
});
