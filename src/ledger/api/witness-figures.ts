import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Log } from '../../platform/index.js';
import { Metrics } from '../../platform/telemetry/index.js';
import { WitnessWatch, type Watched } from '../queries/witness-watch.js';

const HELP = {
  witnesses: 'Witnesses the ledger has.',
  witnesses_answering: 'Of those, how many cosign.',
  witness_debt_seconds: 'How long the ledger has gone without enough cosignatures; acts that write stop at LEDGER_WITNESS_BUDGET_SECONDS.',
  witness_conflicts: 'Checkpoints found at witnesses that contradict the ledger. Anything but 0 is for people to look at, at once.',
} as const;

const LOOK_MS = 5_000;
const NONE: Watched = { debtSeconds: 0, silentSeconds: 0, answering: 0, conflicts: 0 };

/** How the witnesses answer, as figures; and the look now and then without which this process would not notice a silent worker. */
@Injectable()
export class WitnessFigures implements OnModuleInit, OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly metrics: Metrics,
    private readonly watch: WitnessWatch,
    private readonly log: Log,
  ) {}

  onModuleInit(): void {
    this.metrics.gauges(HELP, async () => {
      const { debtSeconds, answering, conflicts } = (await this.look()) ?? NONE;
      return {
        witnesses: this.watch.witnesses?.policy.listed.length ?? 0,
        witnesses_answering: answering,
        witness_debt_seconds: debtSeconds,
        witness_conflicts: conflicts,
      };
    });
  }

  onApplicationBootstrap(): void {
    if (this.watch.witnesses === undefined) return;
    this.timer = setInterval(() => {
      this.look().catch((fault: unknown) => this.log.debug({ fault: String(fault) }, 'The witnesses could not be looked at'));
    }, LOOK_MS).unref();
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private look(): Promise<Watched | undefined> {
    return this.watch.look((text, parameters) => this.dataSource.query(text, [...parameters]));
  }
}
