import { randomBytes, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntryId } from '../../../libs/kernel/index.js';
import type { Work } from '../../platform/index.js';
import { SALT_BYTES, entryBody, entryLeafHash } from '../domain/entry-body.js';
import type { EntryDraft } from '../domain/entry-draft.js';

/**
 * Where every act leaves its record, in its own transaction: if the record cannot be written the act does not happen,
 * and if the act is rolled back so is its record.
 */
@Injectable()
export class LedgerIntake {
  /**
   * Records one act and gives the entry's id. Its place in the ledger follows within a second.
   *
   * An entry the database refuses fails the act: nothing of it is then committed, which is the point.
   */
  async append(work: Work, draft: EntryDraft): Promise<EntryId> {
    const id = randomUUID() as unknown as EntryId;
    const { actor, system, correlationId } = work.context;
    const named = await nameWorkspace(work, draft);
    const body = entryBody(named, { id, at: work.at, actor, system, correlationId });
    const salt = randomBytes(SALT_BYTES);
    // The time, which leads to the month it is kept in, is the body's: the database refuses any other.
    work.leave('INSERT INTO ledger_entry (id, at, salt, body, leaf_hash) VALUES ($1, $2, $3, $4, $5)', [
      id,
      work.at,
      salt,
      body,
      Buffer.from(entryLeafHash(salt, body)),
    ]);
    return id;
  }
}

/** The reference is recorded as the actor saw it; of a workspace hidden from her only the id she asked for is. */
async function nameWorkspace(work: Work, draft: EntryDraft): Promise<EntryDraft> {
  if (draft.workspaceId === undefined || draft.workspaceReference !== undefined) return draft;
  const [workspace] = await work.sql<{ reference: string }>('SELECT reference FROM workspace WHERE id = $1', [draft.workspaceId]);
  return workspace === undefined ? draft : { ...draft, workspaceReference: workspace.reference };
}
