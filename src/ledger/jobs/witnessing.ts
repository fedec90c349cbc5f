import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { CONFIG, Clock, Log, type Config } from '../../platform/index.js';
import { ledgerKey } from '../domain/ledger-key.js';
import { ledgerWitnesses } from '../domain/ledger-witnesses.js';
import { Leader } from './leader.js';
import { WitnessAsker } from './witness-asker.js';

/** "witness" in ASCII. */
const WITNESS_LOCK = '33611471017833331';

/**
 * Has the ledger's checkpoints cosigned by its witnesses. Apart from the sequencer in everything but the database, so that
 * no witness, however slow, holds up the ledger. Were two processes to ask at once after all, witnesses would answer both
 * alike.
 */
@Injectable()
export class Witnessing implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private leader: Leader | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    const { config, clock, log } = this;
    const witnesses = ledgerWitnesses(config.witnesses);
    if (witnesses === undefined) return;
    const trust = ledgerKey(config.keys.ledgerSigningKey, config.keys.ledgerOrigin);
    const parts = { trust, witnesses, clock, log, seconds: () => performance.now() / 1000 };
    this.leader = new Leader(
      { workerUrl: config.database.workerUrl, name: 'concordat-witnessing', lock: WITNESS_LOCK, words: 'Asking the witnesses', begin: (connection) => new WitnessAsker(connection, parts) },
      log,
    );
    this.leader.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.leader?.stop();
  }
}
