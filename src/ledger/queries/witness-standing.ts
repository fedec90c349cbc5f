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
import { WitnessWatch, type Watched } from './witness-watch.js';

/** Contradictions that are shown; all of them are kept. */
const CONFLICTS = 20;

/** How the ledger stands with its witnesses, for auditors. That one looked is recorded like every other reading of the ledger. */
@Injectable()
export class WitnessStanding {
  private readonly trust: LedgerTrust;

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
  read(context: ActContext): Promise<Standing | undefined> {
    return this.unitOfWork.run(context, async (work) => {
      const isAllowed = isPermitted(context, 'ledger.read', work.at);
      const policy = reasonsOf(context, 'ledger.read', work.at);
      await this.intake.append(work, { verb: 'ledger.read', subject: { kind: 'checkpoint', id: 'witnesses' }, policy, outcome: isAllowed ? 'done' : 'refused' });
      if (!isAllowed) return undefined;
      const watched = await this.watch.look((text, parameters) => work.sql(text, parameters));
      return this.standing(work, watched);
    });
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
