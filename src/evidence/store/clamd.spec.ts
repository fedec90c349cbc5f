import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { scanStream, signaturesOf } from './clamd.js';

const HAS_IPV6 = Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ address }) => address === '::1'));

/** A scanner that hears everything, up to the end it is sent or `most` octets, and then does as it is told. */
async function scannedBy(answer: (socket: Socket) => void, { most = Infinity, mostBytes = Infinity, timeoutMs = 20_000, file = Buffer.from('a file'), path, host = '127.0.0.1' }: { most?: number; mostBytes?: number; timeoutMs?: number; file?: Buffer; path?: string; host?: string } = {}) {
  let heard = Buffer.alloc(0);
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (piece: Buffer) => {
      heard = Buffer.concat([heard, piece]);
      if (heard.length >= most || heard.subarray(-4).equals(Buffer.alloc(4))) answer(socket);
    });
  });
  await new Promise<void>((resolve) => (path === undefined ? server.listen(0, host, resolve) : server.listen(path, resolve)));
  const address = path ?? `tcp://${host.includes(':') ? `[${host}]` : host}:${(server.address() as AddressInfo).port}`;
  async function* octets(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < file.length; at += 300_000) yield await Promise.resolve(file.subarray(at, at + 300_000));
  }
  try {
    return { found: await scanStream({ address, timeoutMs, mostBytes }, file.length, octets), heard };
  } finally {
    server.close();
  }
}

describe('a scan by clamd', () => {
  it.each([
    ['stream: OK', { state: 'clean', code: 'clean' }],
    ['stream: Win.Test.EICAR_HDB-1 FOUND', { state: 'infected', code: 'Win.Test.EICAR_HDB-1' }],
    ['stream: Heuristics.Limits.Exceeded.MaxScanSize FOUND', { state: 'unscannable', code: 'unpacks-to-too-much' }],
    ['stream: Heuristics.Encrypted.Zip FOUND', { state: 'unscannable', code: 'encrypted' }],
    ['INSTREAM size limit exceeded. ERROR', { state: 'unscannable', code: 'too-large' }],
    // Whatever it is called, something was found: a name of somebody's own signature must not make it one that was not looked into.
    ['stream: Ours/<b>"Kettle" & café FOUND', { state: 'infected', code: 'Ours??b??Kettle? ? caf??' }],
    [`stream: ${'x'.repeat(250)} FOUND`, { state: 'infected', code: 'x'.repeat(200) }],
    ['stream: Heuristics.Encrypted.Zip,7z FOUND', { state: 'unscannable', code: 'encrypted' }],
    ['stream:  FOUND', { state: 'infected', code: 'unnamed' }],
    ['stream: FOUND', { state: 'infected', code: 'unnamed' }],
    ['stream: two\nlines FOUND\n', { state: 'infected', code: 'two?lines' }],
  ])('reads %j', async (words, expected) => {
    expect((await scannedBy((socket) => socket.end(`${words}\0`))).found).toEqual(expected);
  });

  it('sends the command, pieces with their lengths before them, and the end', async () => {
    const file = Buffer.alloc(700_000, 7);
    const { heard } = await scannedBy((socket) => socket.end('stream: OK\0'), { file });
    expect(heard.subarray(0, 10).toString('latin1')).toBe('zINSTREAM\0');
    const pieces: number[] = [];
    for (let at = 10; at < heard.length; at += 4 + heard.readUInt32BE(at)) pieces.push(heard.readUInt32BE(at));
    expect(pieces).toEqual([262_144, 37_856, 262_144, 37_856, 100_000, 0]);
  });

  it('speaks over the path of a socket too', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'concordat-clamd-')), 'clamd.sock');
    expect((await scannedBy((socket) => socket.end('stream: OK\0'), { path })).found.state).toBe('clean');
  });

  (HAS_IPV6 ? it : it.skip)('reaches a scanner by its address in IPv6', async () => {
    expect((await scannedBy((socket) => socket.end('stream: OK\0'), { host: '::1' })).found.state).toBe('clean');
  });

  it('is not even begun of what is longer than clamd takes', async () => {
    const { found, heard } = await scannedBy((socket) => socket.end('stream: OK\0'), { file: Buffer.alloc(101), mostBytes: 100 });
    expect([found, heard.length]).toEqual([{ state: 'unscannable', code: 'too-large' }, 0]);
  });

  it('hears of a limit in the middle of a stream, and sends no more of it', async () => {
    const file = Buffer.alloc(20_000_000);
    const { found, heard } = await scannedBy((socket) => socket.end('INSTREAM size limit exceeded. ERROR\0'), { file, most: 100_000 });
    expect(found).toEqual({ state: 'unscannable', code: 'too-large' });
    expect(heard.length).toBeLessThan(file.length);
  });

  it.each<[string, (socket: Socket) => void]>([
    ['hangs up', (socket) => socket.destroy()],
    ['says nothing', () => undefined],
    ['breaks off in the middle of its answer', (socket) => socket.end('stream: O')],
    ['says what its protocol does not know', (socket) => socket.end('stream: Can\'t allocate memory ERROR\0')],
    ['never ends its answer', (socket) => socket.write('x'.repeat(5_000))],
  ])('says nothing of the file when the scanner %s', async (_, answer) => {
    await expect(scannedBy(answer, { timeoutMs: 300 })).rejects.toMatchObject({ name: 'ScannerAway', isUnreached: false });
  });

  it('says that the scanner was not reached where nobody listens', async () => {
    const none = async function* (): AsyncGenerator<Uint8Array> {
      yield await Promise.resolve(Buffer.from('x'));
    };
    await expect(scanStream({ address: 'tcp://127.0.0.1:9', timeoutMs: 300, mostBytes: 10 }, 1, none)).rejects.toMatchObject({ name: 'ScannerAway', isUnreached: true });
  });
});

describe('the signatures of clamd', () => {
  it.each<[string, (socket: Socket) => void, number | undefined]>([
    ['its number', (socket) => socket.end('ClamAV 1.4.1/27500/Mon Dec  1 09:00:00 2026\0'), 27_500],
    ['none', (socket) => socket.end('ClamAV 1.4.1\0'), undefined],
    ['what is no number', (socket) => socket.end('ClamAV 1.4.1/new/Mon Dec  1 09:00:00 2026\0'), undefined],
    ['that it knows no such command', (socket) => socket.end('UNKNOWN COMMAND\0'), undefined],
    ['nothing', () => undefined, undefined],
    ['nothing, and hangs up', (socket) => socket.destroy(), undefined],
  ])('are known by its answer: %s', async (_, answer, expected) => {
    let heard = '';
    const server = createServer((socket) => socket.on('error', () => undefined).on('data', (piece) => {
      heard += piece.toString('latin1');
      answer(socket);
    }));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect([await signaturesOf({ address, timeoutMs: 300, mostBytes: 10 }), heard]).toEqual([expected, 'zVERSION\0']);
    server.close();
  });

  it('are not asked for where nobody listens', async () => {
    await expect(signaturesOf({ address: 'tcp://127.0.0.1:9', timeoutMs: 300, mostBytes: 10 })).rejects.toMatchObject({ name: 'ScannerAway', isUnreached: true });
  });
});

/** The test file every scanner finds (EICAR), in two halves so that no scanner finds this source. */
const EICAR = Buffer.from(['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR', '-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join(''));
const PROGRAM = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin'].map((folder) => join(folder, 'clamd')).find(existsSync);

/** The scanner itself, where this machine has it, with the one signature the test needs. */
(PROGRAM === undefined ? it.skip : it)('and clamd itself answers as is read here', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'concordat-clamd-'));
  mkdirSync(join(folder, 'db'));
  writeFileSync(join(folder, 'db', 'test.ndb'), `Eicar-Test-Signature:0:*:${EICAR.toString('hex')}\n`);
  writeFileSync(join(folder, 'conf'), `DatabaseDirectory ${folder}/db\nLocalSocket ${folder}/socket\nForeground yes\nStreamMaxLength 1M\nAlertExceedsMax yes\nMaxScanSize 10M\n`);
  const child = spawn(PROGRAM ?? '', ['-c', join(folder, 'conf')], { stdio: ['ignore', 'pipe', 'ignore'] });
  try {
    for await (const piece of child.stdout as AsyncIterable<Buffer>) if (piece.toString().includes('Self checking')) break;
    const look = (file: Buffer): ReturnType<typeof scanStream> =>
      scanStream({ address: join(folder, 'socket'), timeoutMs: 20_000, mostBytes: 1_000_000 }, file.length, async function* () {
        yield await Promise.resolve(file);
      });
    expect(await look(Buffer.from('a statement'))).toEqual({ state: 'clean', code: 'clean' });
    for (const file of [EICAR, gzipSync(EICAR)]) expect(await look(file)).toMatchObject({ state: 'infected', code: expect.stringContaining('Eicar-Test-Signature') });
    expect(await look(gzipSync(Buffer.alloc(40_000_000)))).toEqual({ state: 'unscannable', code: 'unpacks-to-too-much' });
  } finally {
    child.kill();
    if (child.exitCode === null) await once(child, 'exit');
  }
});
