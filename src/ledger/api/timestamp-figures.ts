import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Metrics } from '../../platform/telemetry/index.js';

const HELP = {
  timestamps_waiting: 'Checkpoints of the ledger that wait for a timestamp.',
  timestamp_debt_seconds: 'How long the oldest of them has waited; more than a minute says that the authority does not answer, or not in a way that is believed.',
} as const;

/** How the ledger is dated, as figures. */
@Injectable()
export class TimestampFigures implements OnModuleInit {
  constructor(
    private readonly dataSource: DataSource,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    this.metrics.gauges(HELP, async () => {
      const [row] = await this.dataSource.query<{ waiting: string; debt_seconds: number }[]>('SELECT waiting, debt_seconds FROM watch_timestamps()');
      return { timestamps_waiting: Number(row?.waiting ?? 0), timestamp_debt_seconds: row?.debt_seconds ?? 0 };
    });
  }
}
