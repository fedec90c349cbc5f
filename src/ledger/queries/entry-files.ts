import { Injectable } from '@nestjs/common';
import { idOf, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { printMarking } from '../../../libs/policy/index.js';
import { formatEntryFile } from '../../../libs/verifier/index.js';
import type { ActContext, Work } from '../../platform/index.js';
import { readBody } from '../domain/audit-entry.js';
import { readEntry, type AuditRow } from '../store/audit-rows.js';
import { workConnection } from '../store/connection.js';
import { readSalt } from '../store/log-rows.js';
import { AuditorReading } from './auditor-reading.js';
import { proveEntry } from './prove-entry.js';

/** A file about one entry, for somebody who will hold it against the ledger's key elsewhere. */
export interface EntryFileView {
  readonly text: string;
  readonly name: string;
  /** Of what the entry is about. */
  readonly marking: string;
}

const UNMARKED = printMarking({ tier: 1, sensitive: false, descriptors: [], handling: [] });

/**
 * One entry and its proof as the files that `concordat-verify` reads. Each leaves the portal, so each is recorded as an export,
 * in the transaction that reads it. For auditors who have stated a reason; undefined for anybody else and for what is not there.
 */
@Injectable()
export class EntryFiles {
  constructor(private readonly reading: AuditorReading) {}

  /** The entry with the salt it was hashed with (`concordat-entry@v1`). `id` is attacker-controlled. */
  entry(context: ActContext, id: string): Promise<Result<EntryFileView | undefined, Refusal>> {
    return this.exported(context, id, 'entry', async (work, row) => {
      const salt = await readSalt(workConnection(work), row.id);
      return salt && named(row, formatEntryFile({ salt, body: row.body }), 'json');
    });
  }

  /** Its C2SP tlog-proof; there is none while the entry waits for its place. `id` is attacker-controlled. */
  proof(context: ActContext, id: string): Promise<Result<EntryFileView | undefined, Refusal>> {
    return this.exported(context, id, 'proof', async (work, row) => {
      const proof = row.index === null ? undefined : await proveEntry(workConnection(work), Number(row.index));
      return proof === undefined ? undefined : named(row, proof, 'tlog-proof');
    });
  }

  private exported(context: ActContext, id: string, file: 'entry' | 'proof', read: (work: Work, row: AuditRow) => Promise<EntryFileView | undefined>): Promise<Result<EntryFileView | undefined, Refusal>> {
    const entryId = idOf<'entry'>(id);
    return this.reading.find(context, { verb: 'ledger.export', subject: { kind: 'entry', id }, details: { file, count: 1 } }, async (work) => {
      const row = entryId && (await readEntry(workConnection(work), entryId));
      return row && read(work, row);
    });
  }
}

function named(row: AuditRow, text: string, ending: string): EntryFileView {
  return { text, name: `ledger-entry-${row.index ?? row.id}.${ending}`, marking: readBody(row.body).subject?.marking ?? UNMARKED };
}
