import { Injectable } from '@nestjs/common';
import { NOT_FOUND, RefusalCode, canonicalJson, err, invalid, isUuid, ok, refusal, type Json, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { UnitOfWork, type ActContext, type Work } from '../../platform/index.js';
import { isPermitted, reasonsOf } from '../queries/auditor-reading.js';
import { MOST_SEARCHES, dropSearch, findSearches, keepSearch, type SavedSearch } from '../store/search-rows.js';
import { LedgerIntake } from './ledger-intake.js';

const NAME_TAKEN = invalid([{ field: 'name', message: 'Name: You already keep a search of this name. Choose another name, or delete the other search first.' }]);
const TOO_MANY = refusal(RefusalCode.Conflict, `You keep ${MOST_SEARCHES} searches, which is as many as there may be. Delete one first.`);

/** An auditor keeps a search under a name, or no longer. Both are recorded with the filter. */
@Injectable()
export class KeepSearch {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly intake: LedgerIntake,
  ) {}

  /** @param filter - as parsed at the edge: a moment is a Date */
  save(context: ActContext, name: string, filter: object): Promise<Result<SavedSearch, Refusal>> {
    const plain = JSON.parse(JSON.stringify(filter)) as Json;
    return this.unitOfWork.run(context, async (work) => {
      const kept = isPermitted(context, 'ledger.save-search', work.at) ? await keep(work, name, canonicalJson(plain)) : err(NOT_FOUND);
      await this.intake.append(work, {
        verb: 'ledger.save-search', outcome: kept.ok ? 'done' : 'refused', policy: reasonsOf(context, 'ledger.save-search', work.at), details: { name, filter: plain },
      });
      return kept;
    });
  }

  drop(context: ActContext, id: string): Promise<Result<SavedSearch, Refusal>> {
    return this.unitOfWork.run(context, async (work) => {
      const mayDrop = isUuid(id) && isPermitted(context, 'ledger.drop-search', work.at);
      const dropped = mayDrop ? await dropSearch(work, id) : undefined;
      const outcome = dropped === undefined ? 'refused' : 'done';
      await this.intake.append(work, {
        verb: 'ledger.drop-search', outcome, policy: reasonsOf(context, 'ledger.drop-search', work.at), subject: { kind: 'search', id }, ...(dropped && { details: { name: dropped.name } }),
      });
      return dropped === undefined ? err(NOT_FOUND) : ok(dropped);
    });
  }
}

async function keep(work: Work, name: string, filter: string): Promise<Result<SavedSearch, Refusal>> {
  if ((await findSearches(work)).length >= MOST_SEARCHES) return err(TOO_MANY);
  const kept = await keepSearch(work, name, filter);
  return kept === undefined ? err(NAME_TAKEN) : ok(kept);
}
