import { openWitnessed, type WitnessPolicy } from '../../../libs/witness/index.js';
import type { LedgerTrust } from '../domain/ledger-key.js';
import type { LedgerConnection } from '../store/connection.js';
import { readCheckpointAt, readHead } from '../store/tree-rows.js';
import { readBeat, readCosignatures } from '../store/witness-rows.js';

/** A signed state of the ledger, as it is stored: nothing of it is verified. */
export interface SignedState {
  readonly size: number;
  /** The checkpoint with the cosignatures that are kept of it. */
  readonly checkpoint: string;
}

/** The largest checkpoint that is said to be cosigned by enough witnesses; undefined where none is, or it is gone. */
export async function readCosigned(connection: LedgerConnection): Promise<SignedState | undefined> {
  const size = (await readBeat(connection))?.cosignedSize ?? 0;
  const note = await readCheckpointAt(connection, size);
  return note === undefined ? undefined : withCosignatures(connection, size, note);
}

/** The latest checkpoint, whoever cosigned it; undefined before the first. */
export async function readLatest(connection: LedgerConnection): Promise<SignedState | undefined> {
  const head = await readHead(connection);
  return head && withCosignatures(connection, head.size, head.note);
}

/** What a cosigned state comes to under `policy`, of this ledger and no other. The adversary administers the store. */
export function openVouchedFor({ checkpoint }: SignedState, { origin, trusted }: LedgerTrust, policy: WitnessPolicy): ReturnType<typeof openWitnessed> {
  return openWitnessed(checkpoint, { ...policy, logs: trusted.filter(({ name }) => name === origin) });
}

async function withCosignatures(connection: LedgerConnection, size: number, note: string): Promise<SignedState> {
  return { size, checkpoint: note + (await readCosignatures(connection, size)).join('') };
}
