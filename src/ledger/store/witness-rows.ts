import type { LedgerConnection } from './connection.js';

/** A cosignature that was verified before it came here. */
export interface CosignatureRow {
  readonly size: number;
  /** The witness's key, `name+keyid+base64`, here and in every row about a witness. */
  readonly witness: string;
  /** The signature line as it follows the checkpoint. */
  readonly line: string;
  readonly cosignedAt: Date;
}

/** Keeps a cosignature. Of several by one witness over one checkpoint the first is kept. */
export async function insertCosignature(connection: LedgerConnection, { size, witness, line, cosignedAt }: CosignatureRow, at: Date): Promise<void> {
  await connection.query(
    'INSERT INTO ledger_cosignature (size, witness, line, cosigned_at, received_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING',
    [size, witness, line, cosignedAt, at],
  );
}

/** The kept cosignature lines of the checkpoint of `size`, in no order. Believed only once they are verified again. */
export async function readCosignatures(connection: LedgerConnection, size: number): Promise<readonly string[]> {
  const rows = await connection.query<{ line: string }>('SELECT line FROM ledger_cosignature WHERE size = $1 ORDER BY witness', [size]);
  return rows.map(({ line }) => line);
}

/** A cosignature as it is stored, with the checkpoint it is filed under; null where there is none. */
export interface StoredCosignature extends CosignatureRow {
  readonly note: string | null;
}

/** Up to `limit` cosignatures that follow `after` in the order of size and witness. */
export async function readStoredCosignatures(connection: LedgerConnection, after: CosignatureRow | undefined, limit: number): Promise<readonly StoredCosignature[]> {
  const rows = await connection.query<{ size: string; witness: string; line: string; cosigned_at: Date; note: string | null }>(
    `SELECT s.size, s.witness, s.line, s.cosigned_at, c.note FROM ledger_cosignature s LEFT JOIN ledger_checkpoint c ON c.size = s.size
     WHERE (s.size, s.witness) > ($1, $2) ORDER BY s.size, s.witness LIMIT $3`,
    [after?.size ?? -1, after?.witness ?? '', limit],
  );
  return rows.map(({ size, witness, line, cosigned_at: cosignedAt, note }) => ({ size: Number(size), witness, line, cosignedAt, note }));
}

/** How the ledger and a checkpoint that a witness holds contradict each other. Messages may change, codes may not. */
export type ConflictKind =
  /** The witness cosigned more entries than there are. */
  | 'cut'
  /** The witness cosigned other entries than there are. */
  | 'forked'
  /** The tree that is stored is not what its own latest checkpoint was signed for. */
  | 'broken';

/** Both sides of a contradiction, each a signed checkpoint. */
export interface ConflictRow {
  readonly witness: string;
  readonly kind: ConflictKind;
  /** The checkpoint the witness holds, signed by the ledger and cosigned by it. */
  readonly theirs: string;
  readonly theirsSize: number;
  readonly ours: string;
  readonly oursSize: number;
  readonly foundAt: Date;
}

/** Keeps a contradiction for good. The same one found again is kept once. */
export async function insertConflict(connection: LedgerConnection, { witness, kind, theirs, theirsSize, ours, oursSize, foundAt }: ConflictRow): Promise<void> {
  await connection.query(
    `INSERT INTO ledger_witness_conflict (witness, kind, theirs, theirs_size, ours, ours_size, found_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
    [witness, kind, theirs, theirsSize, ours, oursSize, foundAt],
  );
}

/** Contradictions that were found, the latest first, up to `limit`. */
export async function readConflicts(connection: LedgerConnection, limit: number): Promise<readonly ConflictRow[]> {
  const rows = await connection.query<{ witness: string; kind: ConflictKind; theirs: string; theirs_size: string; ours: string; ours_size: string; found_at: Date }>(
    'SELECT * FROM ledger_witness_conflict ORDER BY found_at DESC, witness LIMIT $1',
    [limit],
  );
  return rows.map((row) => ({
    witness: row.witness,
    kind: row.kind,
    theirs: row.theirs,
    theirsSize: Number(row.theirs_size),
    ours: row.ours,
    oursSize: Number(row.ours_size),
    foundAt: row.found_at,
  }));
}

/** How a witness last answered. */
export interface WitnessState {
  readonly witness: string;
  /** Entries of the checkpoint it cosigned last. */
  readonly size: number;
  readonly cosignedAt: Date | null;
  readonly answeredAt: Date;
  /** `cosigned`, or the code of what was wrong. */
  readonly answer: string;
  readonly message: string;
  /** Null while it cosigns. */
  readonly failingSince: Date | null;
}

/** What is known of every witness that was ever asked. */
export async function readWitnessStates(connection: LedgerConnection): Promise<readonly WitnessState[]> {
  const rows = await connection.query<{
    witness: string; size: string; cosigned_at: Date | null; answered_at: Date; answer: string; message: string; failing_since: Date | null;
  }>('SELECT * FROM ledger_witness_state');
  return rows.map((row) => ({
    witness: row.witness,
    size: Number(row.size),
    cosignedAt: row.cosigned_at,
    answeredAt: row.answered_at,
    answer: row.answer,
    message: row.message,
    failingSince: row.failing_since,
  }));
}

/** Notes that a witness cosigned. */
export async function noteCosigned(connection: LedgerConnection, { size, witness, cosignedAt }: CosignatureRow, at: Date): Promise<void> {
  await connection.query(
    `INSERT INTO ledger_witness_state AS s (witness, size, cosigned_at, answered_at, answer, message)
     VALUES ($1, $2, $3, $4, 'cosigned', 'Cosigned')
     ON CONFLICT (witness) DO UPDATE SET size = $2, cosigned_at = $3, answered_at = $4, answer = 'cosigned', message = 'Cosigned', failing_since = NULL`,
    [witness, size, cosignedAt, at],
  );
}

/** Notes that a witness did not cosign, and why; since when is kept from the first time. */
export async function noteFailing(connection: LedgerConnection, witness: string, { code, message }: { readonly code: string; readonly message: string }, at: Date): Promise<void> {
  await connection.query(
    `INSERT INTO ledger_witness_state AS s (witness, answered_at, answer, message, failing_since) VALUES ($1, $4, $2, $3, $4)
     ON CONFLICT (witness) DO UPDATE SET answered_at = $4, answer = $2, message = $3, failing_since = coalesce(s.failing_since, $4)`,
    [witness, code, message, at],
  );
}

/** A sign of life of whoever asks the witnesses, and how the ledger stands with them. */
export interface Beat {
  /** Counts up; that it does is the sign of life. */
  readonly beat: number;
  readonly debtSeconds: number;
  /** Entries of the largest checkpoint that enough witnesses cosigned. */
  readonly cosignedSize: number;
}

export async function readBeat(connection: LedgerConnection): Promise<Beat | undefined> {
  const [row] = await connection.query<{ beat: string; debt_seconds: number; cosigned_size: string }>('SELECT beat, debt_seconds, cosigned_size FROM ledger_witness_beat');
  return row && { beat: Number(row.beat), debtSeconds: row.debt_seconds, cosignedSize: Number(row.cosigned_size) };
}

/** Gives the next sign of life. */
export async function giveBeat(connection: LedgerConnection, debtSeconds: number, cosignedSize: number): Promise<void> {
  await connection.query(
    `INSERT INTO ledger_witness_beat AS b (beat, debt_seconds, cosigned_size) VALUES (0, $1, $2)
     ON CONFLICT (single) DO UPDATE SET beat = b.beat + 1, debt_seconds = $1, cosigned_size = $2`,
    [debtSeconds, cosignedSize],
  );
}

/** When the first checkpoint beyond `size` entries was signed; undefined when there is none. */
export async function readSignedBeyond(connection: LedgerConnection, size: number): Promise<Date | undefined> {
  const [row] = await connection.query<{ signed_at: Date }>('SELECT signed_at FROM ledger_checkpoint WHERE size > $1 ORDER BY size LIMIT 1', [size]);
  return row?.signed_at;
}
