import { fromDecimal } from '../../../libs/note/index.js';
import { makeConsistencyProof } from '../../../libs/tlog/index.js';
import { formatAddCheckpoint, originHash, type ListedWitness } from '../../../libs/witness/index.js';
import type { LedgerTrust } from '../domain/ledger-key.js';
import { TreeHole } from '../store/tree-rows.js';
import type { ConflictKind } from '../store/witness-rows.js';
import { convict, type StoredLedger } from './convict.js';
import { DoorFault } from './door.js';
import { readCosignature } from './read-cosignature.js';
import { askDoor, type WitnessReply } from './witness-door.js';

/** How asking a witness ended. Messages may change, codes may not. */
export type WitnessAnswer =
  | { readonly is: 'cosigned'; readonly line: string; readonly at: Date }
  | {
      readonly is: 'failed';
      readonly code: 'silent' | 'unreadable' | 'false-signature' | 'repeated' | 'unknown-ledger' | 'refused' | 'unproved';
      /** A whole sentence of our own, without its full stop. */
      readonly message: string;
    }
  | { readonly is: 'conflict'; readonly kind: ConflictKind; readonly theirs: string; readonly theirsSize: number; readonly stored: StoredLedger };

/** What a witness is asked about, and by whom. */
export interface Asking {
  readonly trust: LedgerTrust;
  /** The ledger as it is stored when this is called; a witness is held against the latest, not against what it was asked. */
  stored(): Promise<StoredLedger>;
  readonly stopped: AbortSignal;
}

/** A witness names the size it knows once; one that goes on naming others is not listened to. */
const TRIES = 3;

/**
 * Asks one witness to cosign `asked` (C2SP tlog-witness), proving it from the size the witness is believed to know. When it
 * contradicts, what it shows is held against the ledger. Everything it says is attacker-controlled.
 *
 * @throws when the database cannot be read
 */
export async function askWitness(asking: Asking, asked: StoredLedger, witness: ListedWitness, from: number): Promise<WitnessAnswer> {
  try {
    let known = from;
    for (let tries = 0; tries < TRIES && known <= asked.head.size; tries += 1) {
      const reply = await add(asking, asked, witness, known);
      if (reply.status === 200) return cosignatureIn(reply, asked, witness);
      const named = sizeIn(reply);
      if (named === undefined || named === known) return await refusal(reply, asking, witness);
      known = named;
    }
    return await contradiction(asking, witness, known > asked.head.size ? `It says it cosigned ${known} entries, more than there are` : 'It names another number of entries each time');
  } catch (fault) {
    if (fault instanceof DoorFault) return { is: 'failed', code: fault.code, message: fault.message };
    if (fault instanceof TreeHole) return await contradiction(asking, witness, `A part of the stored tree is missing: ${fault.message}`);
    throw fault;
  }
}

async function add({ stopped }: Asking, { head, nodes }: StoredLedger, { url = '' }: ListedWitness, oldSize: number): Promise<WitnessReply> {
  const made = await makeConsistencyProof(nodes, oldSize, head.size);
  return askDoor(`${url.replace(/\/+$/, '')}/add-checkpoint`, formatAddCheckpoint({ oldSize, proof: made.ok ? made.value : [], checkpoint: head.note }), stopped);
}

function cosignatureIn({ body }: WitnessReply, { head }: StoredLedger, witness: ListedWitness): WitnessAnswer {
  const read = readCosignature(head.note, body, witness);
  return 'line' in read ? { is: 'cosigned', ...read } : { is: 'failed', ...read };
}

/** The size that a witness says it knows instead; undefined when it says something else. */
function sizeIn({ status, type, body }: WitnessReply): number | undefined {
  return status === 409 && type.startsWith('text/x.tlog.size') ? fromDecimal(body.replace(/\n$/, '')) : undefined;
}

async function refusal({ status }: WitnessReply, asking: Asking, witness: ListedWitness): Promise<WitnessAnswer> {
  if (status === 409 || status === 422) return contradiction(asking, witness, `It refuses our checkpoint as no continuation of what it cosigned (answer ${status})`);
  if (status === 404) return { is: 'failed', code: 'unknown-ledger', message: 'It does not know this ledger, or nothing answers at this address' };
  if (status === 403) return { is: 'failed', code: 'unknown-ledger', message: 'It does not know the key this ledger signs with' };
  return { is: 'failed', code: 'refused', message: `It answered ${status}, which is no answer to a checkpoint` };
}

/** A witness that contradicts must show what it cosigned: that, and not its word, tells who is wrong. */
async function contradiction(asking: Asking, witness: ListedWitness, message: string): Promise<WitnessAnswer> {
  const evidence = await shown(asking, witness);
  const stored = await asking.stored();
  const verdict = await convict(evidence, stored, asking.trust, witness);
  switch (verdict.is) {
    case 'conflict':
      return { ...verdict, stored };
    case 'continued':
      return { is: 'failed', code: 'refused', message: `${message}, though the ledger continues the checkpoint it shows` };
    case 'no-evidence':
      return { is: 'failed', code: 'unproved', message: `${message}, and shows no checkpoint that this ledger signed and it cosigned` };
  }
}

/** The checkpoint a witness shows to everybody; empty when it shows none. */
async function shown({ trust, stopped }: Asking, { url = '' }: ListedWitness): Promise<string> {
  try {
    const { status, body } = await askDoor(`${url.replace(/\/+$/, '')}/${originHash(trust.origin)}/checkpoint`, undefined, stopped);
    return status === 200 ? body : '';
  } catch (fault) {
    if (fault instanceof DoorFault) return '';
    throw fault;
  }
}
