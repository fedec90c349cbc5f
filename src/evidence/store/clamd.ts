import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Scan } from '../domain/scan.js';

/** Octets sent at once; each piece says before it how long it is, in four octets. */
const PIECE_BYTES = 256 * 1024;
const LIMIT_REPLY_BYTES = 4096;
/** As much of the name of what was found as is kept. */
const NAME_LENGTH = 200;

/** The scanner does not answer, or not what its protocol says. Nothing is known of what was to be scanned. */
export class ScannerAway extends Error {
  /** @param isUnreached - whether it was not even spoken to, so that it is not what was scanned that broke it off. */
  constructor(why: string, readonly isUnreached = false) {
    super(`The scanner for malware cannot be used at the moment: ${why}`);
    this.name = 'ScannerAway';
  }
}

/** Where clamd listens, and for how long nothing may happen. */
export interface ClamdSettings {
  /** `tcp://host:port`, or the path of a socket. */
  readonly address: string;
  /**
   * StreamMaxLength of clamd. More is not sent: clamd says so and hangs up at once, and who is still sending by then is as often told nothing
   * but that the connection is gone.
   */
  readonly mostBytes: number;
  readonly timeoutMs: number;
}

/**
 * Has clamd look at a stream (INSTREAM of its protocol, with a zero octet at the end of commands and answers). The octets leave this
 * process as they are: clamd must stand where they may be seen.
 *
 * @throws ScannerAway, or what `octets` throws.
 */
export async function scanStream(settings: ClamdSettings, sizeBytes: number, octets: () => AsyncIterable<Uint8Array>): Promise<Scan> {
  if (sizeBytes > settings.mostBytes) return { state: 'unscannable', code: 'too-large' };
  const socket = await connected(settings);
  const answer = answerOn(socket, settings.timeoutMs);
  // Waited for at the end; a scanner that has heard enough answers, and hangs up, before the stream has ended.
  answer.catch(() => undefined);
  try {
    await send(socket, octets(), answer);
    return verdictOf(await answer);
  } finally {
    socket.destroy();
  }
}

/**
 * The number of the signatures clamd looks with (VERSION of its protocol): a greater one is newer. Undefined where it does not say.
 *
 * @throws ScannerAway where it is not reached.
 */
export async function signaturesOf(settings: ClamdSettings): Promise<number | undefined> {
  const socket = await connected(settings);
  try {
    const answer = answerOn(socket, settings.timeoutMs);
    socket.write('zVERSION\0');
    const [, number] = /^ClamAV [^/]*\/(\d{1,9})\//.exec(await answer) ?? [];
    return number === undefined ? undefined : Number(number);
  } catch {
    return undefined;
  } finally {
    socket.destroy();
  }
}

async function connected({ address, timeoutMs }: ClamdSettings): Promise<Socket> {
  const url = address.startsWith('tcp://') ? new URL(address) : undefined;
  // An address in IPv6 stands in brackets in a URL, and without them everywhere else.
  const socket = url ? connect(Number(url.port), url.hostname.replace(/^\[(.*)\]$/, '$1')) : connect(address);
  socket.on('error', () => undefined);
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(timeoutMs) });
    return socket;
  } catch (fault) {
    socket.destroy();
    throw new ScannerAway(`nothing answers at its address (${codeOf(fault)}).`, true);
  }
}

async function send(socket: Socket, octets: AsyncIterable<Uint8Array>, answer: Promise<string>): Promise<void> {
  const told = { isOver: false };
  const end = (): void => {
    told.isOver = true;
  };
  const over = answer.then(end, end);
  const write = async (piece: Uint8Array): Promise<void> => {
    if (!told.isOver && !socket.write(piece)) await Promise.race([once(socket, 'drain').catch(() => undefined), over]);
  };
  await write(Buffer.from('zINSTREAM\0'));
  for await (const piece of octets) {
    for (let at = 0; at < piece.length; at += PIECE_BYTES) {
      const part = piece.subarray(at, at + PIECE_BYTES);
      await write(lengthOf(part.length));
      await write(part);
    }
    if (told.isOver) return;
  }
  await write(lengthOf(0));
}

function answerOn(socket: Socket, timeoutMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const end = (): void => {
      if (text.includes('\0')) resolve(text.slice(0, text.indexOf('\0')));
      else reject(new ScannerAway('it hung up without an answer.'));
    };
    socket.setTimeout(timeoutMs, () => reject(new ScannerAway('it said nothing for too long.')));
    socket.on('data', (piece: Buffer) => {
      text += piece.toString('latin1');
      if (text.includes('\0') || text.length > LIMIT_REPLY_BYTES) end();
    });
    socket.on('end', end).on('close', end);
  });
}

/**
 * The answer names what was found, or what it did not look into: archives that unpack to more than it may, or that are encrypted. Whoever
 * wrote the signature chose its name: it is cleaned for those who read it, and never decides whether something was found.
 */
function verdictOf(answer: string): Scan {
  if (answer === 'stream: OK') return { state: 'clean', code: 'clean' };
  if (answer.startsWith('INSTREAM size limit exceeded')) return { state: 'unscannable', code: 'too-large' };
  const [, found] = /^stream: (.*)FOUND\s*$/s.exec(answer) ?? [];
  if (found === undefined) throw new ScannerAway('its answer is not one of its protocol.');
  const name = found.trim().replaceAll(/[^\w.:+() -]/g, '?').slice(0, NAME_LENGTH) || 'unnamed';
  if (name.startsWith('Heuristics.Limits.Exceeded')) return { state: 'unscannable', code: 'unpacks-to-too-much' };
  if (name.startsWith('Heuristics.Encrypted')) return { state: 'unscannable', code: 'encrypted' };
  return { state: 'infected', code: name };
}

function lengthOf(length: number): Buffer {
  const octets = Buffer.alloc(4);
  octets.writeUInt32BE(length);
  return octets;
}

function codeOf(fault: unknown): string {
  return typeof fault === 'object' && fault !== null && 'code' in fault && typeof fault.code === 'string' ? fault.code : 'no connection';
}
