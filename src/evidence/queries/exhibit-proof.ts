import { Injectable } from '@nestjs/common';
import { isUuid, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { AuditorReading } from '../../ledger/index.js';
import type { ActContext } from '../../platform/index.js';

/** How a sealed exhibit was last found, and how far a reading is that an auditor asked for. */
export interface ProofSeen {
  readonly sizeBytes: number;
  readonly checkedAt: Date | null;
  readonly found: string | null;
  readonly provenAt: Date | null;
  readonly askedBy: string | null;
  readonly askedAt: Date | null;
  readonly readBytes: number | null;
  readonly endedAt: Date | null;
  readonly outcome: string | null;
}

/** What an auditor follows while an exhibit is read. The asking is an entry and the end is one; looking at how far it is leaves none. */
@Injectable()
export class ExhibitProof {
  constructor(private readonly reading: AuditorReading) {}

  /** `id` is attacker-controlled. */
  find(context: ActContext, id: string): Promise<Result<ProofSeen | undefined, Refusal>> {
    return this.reading.watch(context, { verb: 'proof.follow', subject: { kind: 'exhibit', id } }, async (work) => (isUuid(id) ? (await work.sql<ProofSeen>(SEEN, [id]))[0] : undefined));
  }
}

const SEEN = `SELECT size_bytes::float8 AS "sizeBytes", checked_at AS "checkedAt", found, proven_at AS "provenAt", asked_by AS "askedBy", asked_at AS "askedAt",
  read_bytes::float8 AS "readBytes", ended_at AS "endedAt", outcome FROM asked_proof_of($1)`;
