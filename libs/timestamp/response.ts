import { AsnConvert } from '@peculiar/asn1-schema';
import { PKIStatus, TimeStampResp, type PKIStatusInfo } from '@peculiar/asn1-tsp';
import { ok, type Result } from '../kernel/index.js';
import { readCanonical, readPart } from './canonical.js';
import { refuse, type TimestampError } from './errors.js';

/** PKIFailureInfo by the number of its bit (RFC 3161 section 2.4.2). */
const FAILURES: Readonly<Record<number, string>> = {
  0: 'badAlg', 2: 'badRequest', 5: 'badDataFormat', 14: 'timeNotAvailable', 15: 'unacceptedPolicy', 16: 'unacceptedExtension', 17: 'addInfoNotAvailable', 25: 'systemFailure',
};

/**
 * The token in an authority's answer (attacker-controlled), not yet verified. Only the status `granted` is taken: nothing
 * was asked for that an authority could grant with modifications.
 */
export function readTimestampResponse(bytes: Uint8Array): Result<Uint8Array, TimestampError> {
  const response = readPart(bytes, TimeStampResp);
  if (response === undefined) return refuse('malformed', 'Its answer is not one of the time-stamp protocol');
  if (response.status.status !== PKIStatus.granted) return refuse('rejected', `It refused to date the checkpoint (status ${String(response.status.status)}${reasonOf(response.status)})`);
  if (response.timeStampToken === undefined) return refuse('malformed', 'It granted a timestamp and sent none');
  if (readCanonical(bytes, TimeStampResp) === undefined) return refuse('malformed', 'Its answer is not in the one canonical encoding');
  return ok(new Uint8Array(AsnConvert.serialize(response.timeStampToken)));
}

/** The name of the first failure; never a text the authority wrote. */
function reasonOf({ failInfo }: PKIStatusInfo): string {
  if (failInfo === undefined) return '';
  const bytes = new Uint8Array(failInfo.value);
  const bit = Object.keys(FAILURES).map(Number).find((at) => ((bytes[at >> 3] ?? 0) & (0x80 >> (at & 7))) !== 0);
  return bit === undefined ? '' : `, ${FAILURES[bit] ?? ''}`;
}
