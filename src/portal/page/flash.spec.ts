import { describe, expect, it } from '@jest/globals';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FLASHES, leaveFlash, takeFlash, type FlashKey } from './flash.js';

interface Written {
  readonly name: string;
  readonly value?: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** A reply that notes the cookies written to it. */
function notedReply(): { reply: FastifyReply; written: Written[] } {
  const written: Written[] = [];
  const reply = {
    setCookie: (name: string, value: string, options: Record<string, unknown>) => void written.push({ name, value, options }),
    clearCookie: (name: string, options: Record<string, unknown>) => void written.push({ name, options }),
  };
  return { reply: reply as unknown as FastifyReply, written };
}

const asked = (value?: string): FastifyRequest => ({ cookies: value === undefined ? {} : { 'concordat-flash': value } }) as unknown as FastifyRequest;

describe('a message for the next page', () => {
  it('is left as a key alone, for a minute, out of reach of scripts, and over https only where the portal is on https', () => {
    for (const secure of [true, false]) {
      const { reply, written } = notedReply();
      leaveFlash(reply, 'note-added', secure);
      expect(written).toEqual([{ name: 'concordat-flash', value: 'note-added', options: { path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge: 60 } }]);
    }
  });

  it.each(Object.keys(FLASHES))('%s is said once and taken back', (key) => {
    const { reply, written } = notedReply();
    expect(takeFlash(asked(key), reply)).toBe(FLASHES[key as FlashKey]);
    expect(written).toEqual([{ name: 'concordat-flash', options: { path: '/' } }]);
  });

  it.each(['<b>You won</b>', 'toString', '__proto__', ''])('says nothing for %j, which somebody else wrote into the cookie, and takes it back', (value) => {
    const { reply, written } = notedReply();
    expect(takeFlash(asked(value), reply)).toBeUndefined();
    expect(written).toHaveLength(1);
  });

  it('touches no cookie where none was left', () => {
    const { reply, written } = notedReply();
    expect(takeFlash(asked(), reply)).toBeUndefined();
    expect(written).toEqual([]);
  });

  it('is a whole sentence, each time', () => {
    for (const words of Object.values(FLASHES)) expect(words).toMatch(/^[A-Z].*\.$/);
  });
});
