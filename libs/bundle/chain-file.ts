import { createHash } from 'node:crypto';
import { eventBody, isCustodyAct, type CustodyEvent } from '../custody/index.js';
import { canonicalJson, err, ok, type Result } from '../kernel/index.js';
import { fromBase64, toBase64 } from '../note/index.js';

/** A chain of custody as its two files say it. Its links and signatures are for `firstBrokenLink` and `firstBadSignature` to check. */
export type Chain = readonly CustodyEvent[];

/** The bodies of the events, one a line, to the octet as they were hashed: the SHA-256 of a line is the hash of its event. */
export function eventsText(chain: Chain): string {
  return chain.map((event) => `${eventBody(event)}\n`).join('');
}

/** Hash and signature of each event, one a line. */
export function signaturesText(chain: Chain): string {
  return chain.map(({ seq, hash, signature }) => `${canonicalJson({ seq, hash, signature: signature === undefined ? null : toBase64(signature) })}\n`).join('');
}

/**
 * Reads the two files of a chain (attacker-controlled). Refused, with the line, unless both are exactly what was written for the
 * events that were read.
 */
export function parseChain(events: string, signatures: string): Result<Chain, string> {
  const [bodies, seals] = [linesOf(events), linesOf(signatures)];
  if (bodies === undefined || seals === undefined) return err('The last line does not end');
  const chain: CustodyEvent[] = [];
  for (const [at, body] of bodies.entries()) {
    const event = eventOf(body, seals[at] ?? '');
    if (event === undefined) return err(`Line ${at + 1} is not an event of custody with its hash and signature`);
    chain.push(event);
  }
  return seals.length === bodies.length ? ok(chain) : err(`There are ${seals.length} signatures for ${bodies.length} events`);
}

function linesOf(text: string): readonly string[] | undefined {
  const lines = text.split('\n');
  return lines.pop() === '' ? lines : undefined;
}

function eventOf(body: string, seal: string): CustodyEvent | undefined {
  const [said, sealed] = [parsed(body), parsed(seal)];
  const hash = createHash('sha256').update(body, 'utf8').digest('hex');
  const signature = typeof sealed['signature'] === 'string' ? fromBase64(sealed['signature']) : undefined;
  const event = read(said, hash, signature);
  if (event === undefined || spelt(event) !== body) return undefined;
  return signaturesText([event]) === `${seal}\n` ? event : undefined;
}

/** Every member as it is named; what is missing or of another kind shows when the event is spelt again. */
function read(said: Readonly<Record<string, unknown>>, hash: string, signature: Uint8Array | undefined): CustodyEvent | undefined {
  const { v, act, at, happenedAt, by, ...rest } = said;
  if (typeof act !== 'string' || !isCustodyAct(act) || (v !== 1 && v !== 2) || typeof by !== 'object' || by === null) return undefined;
  const happened = typeof happenedAt === 'string' ? { happenedAt: new Date(happenedAt) } : {};
  return { ...(rest as unknown as CustodyEvent), ...happened, version: v, act, at: new Date(String(at)), by: by as CustodyEvent['by'], hash, signature };
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** A time that is none, or half a letter, has no spelling. */
function spelt(event: CustodyEvent): string | undefined {
  try {
    return eventBody(event);
  } catch {
    return undefined;
  }
}
