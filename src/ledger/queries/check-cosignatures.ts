import { cosignatureTime, parseCosignatureKey } from '../../../libs/note/index.js';
import { openCheckpoint } from '../../../libs/tlog/index.js';
import type { WitnessPolicy } from '../../../libs/witness/index.js';
import type { LedgerTrust } from '../domain/ledger-key.js';
import type { LedgerConnection } from '../store/connection.js';
import { readStoredCosignatures, type StoredCosignature } from '../store/witness-rows.js';
import { openVouchedFor, readCosigned } from './read-cosigned.js';

/** One thing wrong with what witnesses said. Messages may change, codes may not. */
export interface CosignatureFinding {
  readonly code: 'cosignature-bad' | 'too-few-witnesses';
  readonly message: string;
}

const PAGE = 1_024;

/**
 * Holds every kept cosignature against the checkpoint it is filed under and the key it is filed for. With a policy the
 * checkpoint that is said to be the largest with enough witnesses must have them. The adversary administers the store.
 */
export async function* checkCosignatures(connection: LedgerConnection, trust: LedgerTrust, policy?: WitnessPolicy): AsyncGenerator<CosignatureFinding> {
  let last: StoredCosignature | undefined;
  do {
    const rows = await readStoredCosignatures(connection, last, PAGE);
    for (const row of rows) {
      const fault = faultOf(row, trust);
      if (fault !== undefined) yield { code: 'cosignature-bad', message: `The cosignature by ${row.witness} of the checkpoint of ${row.size} entries does not hold: ${fault}.` };
    }
    last = rows.length < PAGE ? undefined : rows.at(-1);
  } while (last !== undefined);
  if (policy !== undefined) yield* checkQuorum(connection, trust, policy);
}

function faultOf({ witness, line, note, cosignedAt }: StoredCosignature, trust: LedgerTrust): string | undefined {
  if (note === null) return 'there is no such checkpoint';
  const key = parseCosignatureKey(witness);
  if (!key.ok) return 'it is filed for something that is no key of a witness';
  const opened = openCheckpoint(note + line, trust.origin, [...trust.trusted, key.value]);
  if (!opened.ok) return opened.error.message;
  const own = opened.value.note.verified.find(({ name, keyId }) => name === key.value.name && keyId === key.value.keyId);
  if (own === undefined) return 'it is another key\'s';
  const seconds = cosignatureTime(own.signature);
  return seconds === Math.floor(cosignedAt.getTime() / 1000) ? undefined : 'another time is filed with it than was signed';
}

async function* checkQuorum(connection: LedgerConnection, trust: LedgerTrust, policy: WitnessPolicy): AsyncGenerator<CosignatureFinding> {
  const said = await readCosigned(connection);
  const opened = said && openVouchedFor(said, trust, policy);
  if (said === undefined || opened === undefined) yield { code: 'too-few-witnesses', message: 'No checkpoint is kept that enough witnesses cosigned.' };
  else if (!opened.ok) yield { code: 'too-few-witnesses', message: `The checkpoint of ${said.size} entries is said to be cosigned by enough witnesses, and is not: ${opened.error.message}.` };
}
