import { createServer, type Server, type Socket } from 'node:net';
import { gunzipSync } from 'node:zlib';
import type { ClamdOptions } from './options.js';

/** The test file every scanner finds (EICAR), in two halves so that no scanner finds this source. */
const EICAR = Buffer.from(['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR', '-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join(''));
const GZIP = Buffer.from([0x1f, 0x8b]);
/** MaxScanSize: how much an archive may unpack to. */
const UNPACKED_MOST = 10_000_000;
/** What is found only by signatures of this number and newer ones. */
const KNOWN_SINCE = /^KNOWN-SINCE-(\d+)$/;
const COMMAND = 'zINSTREAM\0';
const VERSION = 'zVERSION\0';

type Scanner = Pick<ClamdOptions, 'streamMaxBytes' | 'database'>;

/** Speaks INSTREAM and VERSION as clamd does, and finds the test file, also packed with gzip. Hangs up once a stream is longer than it may be. */
export function clamd(scanner: Scanner): Server {
  return createServer((socket) => {
    socket.on('error', () => undefined);
    serve(socket, scanner);
  });
}

function serve(socket: Socket, { streamMaxBytes, database }: Scanner): void {
  let waiting = Buffer.alloc(0);
  let begun = false;
  const pieces: Buffer[] = [];
  let taken = 0;
  socket.on('data', (piece: Buffer) => {
    waiting = Buffer.concat([waiting, piece]);
    if (!begun) {
      if (waiting.toString('latin1') === VERSION) return void socket.end(`ClamAV 1.4.1/${database}/Mon Dec  1 09:00:00 2026\0`);
      if (waiting.length < COMMAND.length) return;
      if (waiting.subarray(0, COMMAND.length).toString('latin1') !== COMMAND) return void socket.end('UNKNOWN COMMAND\0');
      begun = true;
      waiting = waiting.subarray(COMMAND.length);
    }
    while (waiting.length >= 4) {
      const length = waiting.readUInt32BE(0);
      if (length === 0) return void socket.end(`${found(Buffer.concat(pieces), database)}\0`);
      if (taken + length > streamMaxBytes) return void socket.end('INSTREAM size limit exceeded. ERROR\0', () => socket.destroy());
      if (waiting.length < 4 + length) return;
      pieces.push(waiting.subarray(4, 4 + length));
      taken += length;
      waiting = waiting.subarray(4 + length);
    }
  });
}

function found(file: Buffer, database: number): string {
  const [, since] = KNOWN_SINCE.exec(file.subarray(0, 100).toString('latin1')) ?? [];
  if (since !== undefined && Number(since) <= database) return 'stream: Later.Test.Signature FOUND';
  if (file.includes(EICAR)) return 'stream: Eicar-Test-Signature FOUND';
  if (!file.subarray(0, 2).equals(GZIP)) return 'stream: OK';
  try {
    return found(gunzipSync(file, { maxOutputLength: UNPACKED_MOST }), database);
  } catch (fault) {
    const isTooMuch = fault instanceof RangeError || (fault instanceof Error && 'code' in fault && fault.code === 'ERR_BUFFER_TOO_LARGE');
    return isTooMuch ? 'stream: Heuristics.Limits.Exceeded.MaxScanSize FOUND' : 'stream: OK';
  }
}
