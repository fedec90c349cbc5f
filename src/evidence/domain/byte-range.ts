/** The octets of a file that were asked for: `from` inclusive, `to` exclusive. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

const SINGLE = /^bytes=(\d{0,16})-(\d{0,16})$/;

/**
 * Reads a Range header (attacker-controlled; RFC 9110 section 14.2) against a file of `size` octets. Returns `undefined`
 * where the whole file is to be sent (no header, another unit, several ranges), `unsatisfiable` where 416 is due.
 */
export function readByteRange(header: string | undefined, size: number): ByteRange | undefined | 'unsatisfiable' {
  const match = SINGLE.exec(header ?? '');
  if (!match) return undefined;
  const [, first = '', last = ''] = match;
  if (first === '') return last === '' ? undefined : suffix(Number(last), size);
  const from = Number(first);
  const to = last === '' ? size : Math.min(Number(last) + 1, size);
  if (last !== '' && Number(last) < from) return undefined;
  return from < size ? { from, to } : 'unsatisfiable';
}

function suffix(length: number, size: number): ByteRange | 'unsatisfiable' {
  return length === 0 ? 'unsatisfiable' : { from: Math.max(0, size - length), to: size };
}
