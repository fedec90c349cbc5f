import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { must } from '../../libs/kernel/index.js';
import { makeTimestampRequest, readTimestampResponse, readTrustAnchors, verifyTimestamp } from '../../libs/timestamp/index.js';
import { keptAuthority, readSigner } from './authority.js';
import { readOptions } from './options.js';
import { timestampAuthority } from './server.js';

const DATA = Buffer.from('a checkpoint');
const REQUEST = { imprint: createHash('sha256').update(DATA).digest(), nonce: Uint8Array.from([0x41, 2, 3]) };

describe('the authority of the sandbox', () => {
  const folder = mkdtempSync(join(tmpdir(), 'concordat-tsa-'));
  const files = keptAuthority(join(folder, 'authority'));
  const server = timestampAuthority(readSigner(files));
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
  afterAll(async () => {
    await new Promise((resolve) => server.close(resolve));
    rmSync(folder, { recursive: true, force: true });
  });

  const send = (body: Uint8Array, type = 'application/timestamp-query') =>
    fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, { method: 'POST', body: Uint8Array.from(body), headers: { 'content-type': type } });

  it('dates what it is asked to, so that whoever has its certificate believes it', async () => {
    const response = await send(makeTimestampRequest(REQUEST));
    expect(response.headers.get('content-type')).toBe('application/timestamp-reply');
    const token = must(readTimestampResponse(new Uint8Array(await response.arrayBuffer())));
    const trust = { anchors: readTrustAnchors(readFileSync(files.trusted, 'utf8')) ?? [] };
    expect(verifyTimestamp(token, DATA, trust)).toMatchObject({ ok: true, value: { signer: 'CN=Sandbox timestamp authority' } });
  });

  it('rejects another policy than its own, and what is no request', async () => {
    for (const body of [makeTimestampRequest({ ...REQUEST, policy: '1.2.3' }), makeTimestampRequest({ ...REQUEST, imprint: new Uint8Array(20) }), Buffer.from('what time is it')]) {
      const answer = readTimestampResponse(new Uint8Array(await (await send(body)).arrayBuffer()));
      expect(answer).toMatchObject({ ok: false, error: { code: 'rejected' } });
    }
  });

  it('takes queries by POST only, of a size that a query has', async () => {
    expect((await send(makeTimestampRequest(REQUEST), 'text/plain')).status).toBe(415);
    expect((await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)).status).toBe(405);
    expect((await send(new Uint8Array(70_000))).status).toBe(413);
  });

  it('keeps its key, readable for its own account only, and makes no second one', () => {
    const before = readFileSync(files.trusted, 'utf8');
    expect(keptAuthority(join(folder, 'authority'))).toEqual(files);
    expect(readFileSync(files.trusted, 'utf8')).toBe(before);
    expect(statSync(files.key).mode & 0o077).toBe(0);
  });

  it('says what it was not told', () => {
    expect(() => readOptions({ TSA_PORT: '0' })).toThrow('Missing or malformed: TSA_PORT, TSA_DATA.');
    expect(readOptions({ TSA_PORT: '8105', TSA_DATA: '/data' })).toEqual({ port: 8105, folder: '/data' });
  });
});
