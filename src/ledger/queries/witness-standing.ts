import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, Clock, UnitOfWork, type ActContext, type Config, type Work } from '../../platform/index.js';
import { LedgerIntake } from '../commands/ledger-intake.js';
import { ledgerKey, type LedgerTrust } from '../domain/ledger-key.js';
import type { LedgerWitnesses } from '../domain/ledger-witnesses.js';
import { standingOf, type Standing, type VouchedFor } from '../domain/witness-standing.js';
import { workConnection, type LedgerConnection } from '../store/connection.js';
import { readConflicts, readSignedBeyond, readWitnessStates } from '../store/witness-rows.js';
import { isPermitted, reasonsOf } from './auditor-reading.js';
import { openVouchedFor, readCosigned } from './read-cosigned.js';
import { RecentLooks } from './recent-looks.js';
import { WitnessWatch, type Watched } from './witness-watch.js';

/** A session that goes on looking is recorded again after this long. */
const RECORDED_AGAIN_MS = 15 * 60 * 1000;
/** Contradictions that are shown; all of them are kept. */
const CONFLICTS = 20;

/**
 * How the ledger stands with its witnesses, for auditors. It is shown on each of their pages and holds nothing of anybody's, so
 * that one looked is recorded once in a while for each session, and not beside each page (ADR 27). Who may not is recorded each time.
 */
@Injectable()
export class WitnessStanding {
  private readonly trust: LedgerTrust;
  private readonly looks = new RecentLooks(RECORDED_AGAIN_MS);

  constructor(
    @Inject(CONFIG) config: Config,
    private readonly unitOfWork: UnitOfWork,
    private readonly intake: LedgerIntake,
    private readonly watch: WitnessWatch,
    private readonly clock: Clock,
  ) {
    this.trust = ledgerKey(config.keys.ledgerSigningKey, config.keys.ledgerOrigin);
  }

  /** Undefined for whoever may not read the ledger. */
  async read(context: ActContext): Promise<Standing | undefined> {
    const session = String(context.actor?.sessionId);
    const at = this.clock.now();
    const isRecorded = this.looks.isRecent(session, at);
    const standing = await this.unitOfWork.run(context, async (work) => {
      const isAllowed = isPermitted(context, 'ledger.read', work.at);
      if (!isAllowed || !isRecorded) await this.record(work, isAllowed);
      if (!isAllowed) return undefined;
      const watched = await this.watch.look((text, parameters) => work.sql(text, parameters));
      return this.standing(work, watched);
    });
    // Only now is it known that the entry is kept.
    if (standing !== undefined && !isRecorded) this.looks.note(session, at);
    return standing;
  }

  private async record(work: Work, isAllowed: boolean): Promise<void> {
    const policy = reasonsOf(work.context, 'ledger.read', work.at);
    await this.intake.append(work, { verb: 'ledger.read', subject: { kind: 'checkpoint', id: 'witnesses' }, policy, outcome: isAllowed ? 'done' : 'refused' });
  }

  private async standing(work: Work, watched: Watched | undefined): Promise<Standing> {
    const { witnesses } = this.watch;
    await work.sql('SET LOCAL ROLE concordat_auditor');
    const connection = workConnection(work);
    const conflicts = await readConflicts(connection, CONFLICTS);
    const vouchedFor = witnesses && (await readVouchedFor(connection, this.trust, witnesses));
    const waitsSince = witnesses && (await readSignedBeyond(connection, vouchedFor?.size ?? 0));
    const states = witnesses === undefined ? [] : await readWitnessStates(connection);
    return standingOf({ witnesses, states, conflicts, vouchedFor, waitsSince, watched, now: this.clock.now() });
  }
}

/** The largest checkpoint that enough witnesses cosigned, verified from what is stored. */
async function readVouchedFor(connection: LedgerConnection, trust: LedgerTrust, { policy }: LedgerWitnesses): Promise<VouchedFor | undefined> {
  const said = await readCosigned(connection);
  const opened = said && openVouchedFor(said, trust, policy);
  if (opened?.ok !== true) return undefined;
  const { size, witnessed } = opened.value;
  return { size, witnesses: witnessed.length, at: new Date(Math.max(0, ...witnessed.map(({ seconds }) => seconds)) * 1000) };
}
