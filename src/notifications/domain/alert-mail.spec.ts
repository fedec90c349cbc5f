import { describe, expect, it } from '@jest/globals';
import { mailFailure } from '../jobs/mail-failure.js';
import { alertMail } from './alert-mail.js';
import { newAlertReference } from './alert-reference.js';

const facts = {
  alertId: 'a1e57000-0000-4000-8000-000000000001',
  deliveryId: 'de11e000-0000-4000-8000-000000000002',
  reference: 'AL-7K2M-QX4D',
  urgency: 'critical',
  raisedAt: new Date('2026-06-16T11:36:00Z'),
  baseUrl: 'https://portal.example',
} as const;

describe('the e-mail about an alert', () => {
  it('says that there is something, how urgent it is, by when, and where', () => {
    expect(alertMail(facts)).toEqual({
      subject: 'Alert AL-7K2M-QX4D: critical',
      messageId: '<de11e000-0000-4000-8000-000000000002@portal.example>',
      text: `OFFICIAL

An alert has been raised for your duty post.

Reference: AL-7K2M-QX4D
Urgency: critical
Acknowledge by: 16 June 2026 at 1:06pm

Sign in to see it and to acknowledge it:
https://portal.example/alerts/a1e57000-0000-4000-8000-000000000001

What it is about is not said here on purpose. Replies to this address are not read.

OFFICIAL
`,
    });
  });

  it.each([
    ['2026-01-05T00:00:00Z', '5 January 2026 at 12:30am'],
    ['2026-01-05T11:30:00Z', '5 January 2026 at 12:00pm'],
    ['2026-03-29T00:45:00Z', '29 March 2026 at 2:15am'],
  ])('gives the deadline of %s as %s', (raisedAt, words) => {
    expect(alertMail({ ...facts, raisedAt: new Date(raisedAt) }).text).toContain(`Acknowledge by: ${words}\n`);
  });
});

describe('an alert reference', () => {
  it('has forty random bits and no letter that is read wrongly aloud', () => {
    expect(newAlertReference(Uint8Array.of(0, 31, 32, 10, 20, 255, 1, 2))).toBe('AL-0Z0A-MZ12');
    const many = new Set(Array.from({ length: 1_000 }, () => newAlertReference()));
    expect(many.size).toBe(1_000);
    for (const reference of many) expect(reference).toMatch(/^AL-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
  });
});

describe('a failed hand-over', () => {
  it.each([
    ['no such mailbox', { responseCode: 550, message: 'Golden Dragon' }, 'PermanentFailure', 'smtp-550'],
    ['too large', { responseCode: 552 }, 'PermanentFailure', 'smtp-552'],
    ['busy', { responseCode: 451 }, 'TransientFailure', 'smtp-451'],
    ['our password', { responseCode: 535, code: 'EAUTH' }, 'TransientFailure', 'smtp-535'],
    ['nobody listening', { code: 'ECONNREFUSED' }, 'TransientFailure', 'mail-econnrefused'],
    ['something else', 'odd', 'TransientFailure', 'mail-fault'],
  ])('because of %s keeps a code and no words', (_, fault, name, code) => {
    const failure = mailFailure(fault);
    expect([failure.name, failure.code, failure.message]).toEqual([name, code, code]);
  });
});
