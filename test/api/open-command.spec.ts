import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as openpgp from 'openpgp';
import { messageOf, newKeyPair, newSessionKey, sessionKeyPacket } from '../../libs/envelope/index.js';
import { fileOf, inPieces, sealed, sha256 } from '../../libs/envelope/sealing.fixtures.js';
import { runChild } from '../builders/child.js';

const AT = new Date('2026-03-01T09:00:00Z');
const PASSPHRASE = 'kept at the police station';
const FILE = fileOf(700_000);

/** What a police exhibits officer has: a sealed copy, a private key, a passphrase. And no portal. */
describe('concordat open', () => {
  const folder = mkdtempSync(join(tmpdir(), 'concordat-open-'));
  const path = (name: string): string => join(folder, name);
  let message: Buffer;

  beforeAll(async () => {
    const pair = await newKeyPair({ name: 'Northmoor Police', passphrase: PASSPHRASE, at: AT, lifeSeconds: 0, version: 4 });
    const other = await newKeyPair({ name: 'Somebody else', passphrase: PASSPHRASE, at: AT, lifeSeconds: 0, version: 6 });
    const key = newSessionKey();
    const { body } = sealed(FILE, key);
    const pieces: Uint8Array[] = [];
    for await (const piece of messageOf([await sessionKeyPacket(key, other, AT), await sessionKeyPacket(key, pair, AT)], inPieces(body), body.length)) pieces.push(piece);
    message = Buffer.concat(pieces);
    const locked = await openpgp.readPrivateKey({ binaryKey: pair.lockedKey });
    writeFileSync(path('police.key'), pair.lockedKey);
    writeFileSync(path('police.asc'), locked.armor());
    writeFileSync(path('bare.key'), (await openpgp.decryptKey({ privateKey: locked, passphrase: PASSPHRASE })).write());
    writeFileSync(path('stranger.key'), (await newKeyPair({ name: 'Stranger', passphrase: PASSPHRASE, at: AT, lifeSeconds: 0, version: 4 })).lockedKey);
    writeFileSync(path('passphrase'), `${PASSPHRASE}\n`);
    writeFileSync(path('film.mp4.pgp'), message);
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const concordat = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<{ code: number | null; output: string }> =>
    runChild('run/cli.js', { CONCORDAT_DATA: folder, ...env }, ['open', ...args]);

  it.each([['locked, binary', 'police.key'], ['locked, armoured', 'police.asc'], ['not locked', 'bare.key']])('opens with a private key %s, for its account alone', async (_, key) => {
    const out = path(`${key}.mp4`);
    const { code, output } = await concordat([path('film.mp4.pgp'), '--key', path(key), '--passphrase-file', path('passphrase'), '--out', out]);
    expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining(`SHA-256 ${sha256(FILE)}`) as unknown });
    expect(readFileSync(out).equals(FILE)).toBe(true);
    expect(statSync(out).mode & 0o777).toBe(0o600);
  });

  it('takes the passphrase from the environment and the name from the sealed file, and never writes over', async () => {
    const args = [path('film.mp4.pgp'), '--key', path('police.key'), '--json'];
    const { code, output } = await concordat(args, { CONCORDAT_KEY_PASSPHRASE: PASSPHRASE });
    expect(code).toBe(0);
    expect(JSON.parse(output)).toEqual({ file: path('film.mp4'), sizeBytes: FILE.length, sha256: sha256(FILE) });
    const again = await concordat(args, { CONCORDAT_KEY_PASSPHRASE: PASSPHRASE });
    expect(again).toMatchObject({ code: 1, output: expect.stringContaining('is not written over') as unknown });
  });

  const cases: readonly (readonly [string, () => Buffer, string, string])[] = [
    ['changed in its middle', () => flipped(300_000), 'police.key', 'was changed'],
    ['cut', () => message.subarray(0, message.length - 100), 'police.key', 'ends'],
    ['cut between two chunks', () => message.subarray(0, message.length - 16), 'police.key', 'ends'],
    ['followed by more', () => Buffer.concat([message, message]), 'police.key', 'follows'],
    ['no message at all', () => Buffer.from('hello'), 'police.key', 'no OpenPGP message'],
    ['not for this key', () => message, 'stranger.key', 'No key at hand'],
  ];

  it.each(cases)('leaves nothing of a file that is %s, and says why', async (name, octets, key, words) => {
    const file = path(`${name}.pgp`);
    writeFileSync(file, octets());
    const { code, output } = await concordat([file, '--key', path(key), '--passphrase-file', path('passphrase')]);
    expect({ code, output }).toEqual({ code: 1, output: expect.stringContaining(words) as unknown });
    expect(existsSync(path(name))).toBe(false);
    expect(readdirSync(folder).filter((each) => each.endsWith('.part'))).toEqual([]);
  });

  it.each([
    ['a wrong passphrase', ['--key', 'police.key', '--passphrase-file', 'police.asc'], 1, 'The passphrase does not open'],
    ['no passphrase', ['--key', 'police.key'], 1, '--passphrase-file'],
    ['no key', [], 2, '--key'],
    ['a public key, or anything that is none', ['--key', 'passphrase'], 1, 'not a private key'],
    ['a key file that is not there', ['--key', 'nowhere'], 2, 'cannot be read'],
  ] as const)('says what is wrong with %s, and never prints a passphrase', async (_, options, code, words) => {
    const args = options.map((option) => (option.startsWith('--') ? option : path(option)));
    const ran = await concordat([path('film.mp4.pgp'), '--out', path('none'), ...args]);
    expect(ran).toEqual({ code, output: expect.stringContaining(words) as unknown });
    expect(ran.output).not.toContain(PASSPHRASE);
    expect(existsSync(path('none'))).toBe(false);
  });

  it('touches nothing that an opening which was broken off has left, and says what to do', async () => {
    const out = path('left.mp4');
    writeFileSync(`${out}.part`, 'half');
    const { code, output } = await concordat([path('film.mp4.pgp'), '--key', path('bare.key'), '--out', out]);
    expect({ code, output }).toEqual({ code: 1, output: expect.stringContaining('left from an opening that was broken off') as unknown });
    expect(readFileSync(`${out}.part`, 'utf8')).toBe('half');
    expect(existsSync(out)).toBe(false);
    rmSync(`${out}.part`);
  });

  function flipped(at: number): Buffer {
    const changed = Buffer.from(message);
    changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
    return changed;
  }
});
