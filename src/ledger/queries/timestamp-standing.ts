import { Inject, Injectable } from '@nestjs/common';
import { verifyTimestamp } from '../../../libs/timestamp/index.js';
import { CONFIG, Clock, UnitOfWork, type ActContext, type Config, type Work } from '../../platform/index.js';
import { LedgerIntake } from '../commands/ledger-intake.js';
import { ledgerAuthority, type LedgerAuthority } from '../domain/ledger-authority.js';
import { timestampStanding, type TimestampFacts, type TimestampStanding as Standing } from '../domain/timestamp-standing.js';
import { workConnection, type LedgerConnection } from '../store/connection.js';
import { countUndated, readAuthorityState, readFirstUndated, readNewestTimestamp } from '../store/timestamp-rows.js';
import { isPermitted, reasonsOf } from './auditor-reading.js';

/** How the ledger stands with whoever dates it, for auditors. That one looked is recorded like every other reading of the ledger. */
@Injectable()
export class TimestampStanding {
  private readonly authority: LedgerAuthority | undefined;

  constructor(
    @Inject(CONFIG) config: Config,
    private readonly unitOfWork: UnitOfWork,
    private readonly intake: LedgerIntake,
    private readonly clock: Clock,
  ) {
    this.authority = ledgerAuthority(config.timestamps);
  }

  /** Undefined for whoever may not read the ledger. */
  read(context: ActContext): Promise<Standing | undefined> {
    return this.unitOfWork.run(context, async (work) => {
      const isAllowed = isPermitted(context, 'ledger.read', work.at);
      const policy = reasonsOf(context, 'ledger.read', work.at);
      await this.intake.append(work, { verb: 'ledger.read', subject: { kind: 'checkpoint', id: 'timestamps' }, policy, outcome: isAllowed ? 'done' : 'refused' });
      return isAllowed ? this.standing(work) : undefined;
    });
  }

  private async standing(work: Work): Promise<Standing> {
    await work.sql('SET LOCAL ROLE concordat_auditor');
    const connection = workConnection(work);
    const { url: authority, intervalSeconds = 0 } = this.authority ?? {};
    const oldest = await readFirstUndated(connection);
    return timestampStanding({
      authority,
      intervalSeconds,
      newest: await readNewest(connection, this.authority),
      waiting: await countUndated(connection),
      oldestDueAt: oldest?.dueAt,
      state: authority === undefined ? undefined : await readAuthorityState(connection),
      now: this.clock.now(),
    });
  }
}

/** The newest timestamp, held against the checkpoint that is stored now; what does not hold is not shown as one. */
async function readNewest(connection: LedgerConnection, authority: LedgerAuthority | undefined): Promise<TimestampFacts['newest']> {
  const stored = authority && (await readNewestTimestamp(connection));
  if (stored === undefined || authority === undefined) return undefined;
  const { size, token, note } = stored;
  if (note === undefined) return { fault: `There is a timestamp of ${size} entries, and no checkpoint of so many any more.` };
  const verified = verifyTimestamp(token, Buffer.from(note, 'utf8'), authority.trust);
  return verified.ok ? { ...verified.value, size, note, token } : { fault: `The newest timestamp does not hold. ${verified.error.message}.` };
}
