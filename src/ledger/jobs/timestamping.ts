import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { CONFIG, Clock, Log, type Config } from '../../platform/index.js';
import { ledgerAuthority } from '../domain/ledger-authority.js';
import { ledgerKey } from '../domain/ledger-key.js';
import { Leader } from './leader.js';
import { Timestamper } from './timestamper.js';

/** "stamper" in ASCII. */
const TIMESTAMP_LOCK = '32497584118457714';

/** Has the ledger's checkpoints dated by a time-stamping authority, apart from the sequencer and the witnesses: none waits for another. */
@Injectable()
export class Timestamping implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private leader: Leader | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    const { config, clock, log } = this;
    const authority = ledgerAuthority(config.timestamps);
    if (authority?.url === undefined) return;
    const trust = ledgerKey(config.keys.ledgerSigningKey, config.keys.ledgerOrigin);
    const parts = { trust, authority: { ...authority, url: authority.url }, clock, log, seconds: () => performance.now() / 1000 };
    this.leader = new Leader(
      { workerUrl: config.database.workerUrl, name: 'concordat-timestamping', lock: TIMESTAMP_LOCK, words: 'Having checkpoints dated', begin: (connection) => new Timestamper(connection, parts) },
      log,
    );
    this.leader.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.leader?.stop();
  }
}
