import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { redact, redactText } from './redact.js';

describe('redaction of what is logged', () => {
  it.each(['password', 'KEY_PASSPHRASE', 'cookieSecret', 'set-cookie', 'Authorization', 'csrfToken', 'SAMLResponse', 'privateKey', 'session_key'])(
    'drops the value of a field called %s, however deep',
    (name) => {
      const logged = JSON.stringify(redact({ request: { list: [{ [name]: 'hunter2-value' }] } }));
      expect(logged).not.toContain('hunter2-value');
      expect(logged).toContain('[redacted]');
    },
  );

  it('keeps what an operator needs', () => {
    const fields = { port: 8080, keyFingerprint: 'ab12', workspaceId: 'w', at: new Date(0), size: 12n, ok: true, none: null };
    expect(redact(fields)).toEqual({ ...fields, at: '1970-01-01T00:00:00.000Z', size: '12' });
  });

  it('takes the password out of an address inside any text', () => {
    expect(redactText('connect postgres://app:s3cret@db/c failed')).toBe('connect postgres://[redacted]@db/c failed');
  });

  it('takes a private key out of any text, also one cut short', () => {
    expect(redactText('x -----BEGIN PRIVATE KEY-----\nMC4C\n-----END PRIVATE KEY----- y')).toBe('x [redacted] y');
    expect(redactText('x -----BEGIN PGP PRIVATE KEY BLOCK-----\nxYYEY')).toBe('x [redacted]');
  });

  it('keeps of an error its name, code, message and stack, and drops the query and its parameters', () => {
    const fault = Object.assign(new Error('duplicate key'), { code: '23505', query: 'INSERT', parameters: ['case content'], detail: 'case content' });
    const logged = redact(fault);
    expect(logged).toMatchObject({ name: 'Error', code: '23505', message: 'duplicate key' });
    expect(JSON.stringify(logged)).not.toContain('case content');
  });

  it('survives cycles, huge strings and buffers', () => {
    const cycle: Record<string, unknown> = { bytes: Buffer.alloc(10), long: 'x'.repeat(10_000) };
    cycle['self'] = cycle;
    const logged = JSON.stringify(redact(cycle));
    expect(logged.length).toBeLessThan(60_000);
    expect(logged).toContain('[10 bytes]');
  });

  it('always yields something JSON can carry', () => {
    fc.assert(fc.property(fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true }), (value) => {
      expect(() => JSON.stringify(redact(value))).not.toThrow();
    }));
  });
});
