import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Metrics } from '../../platform/telemetry/index.js';

const HELP = {
  exhibits_not_whole: 'Exhibits whose sealed body was found altered or missing when it was last read. Anything but 0 is for people to look at, at once.',
  exhibits_unproven: 'Exhibits whose sealed body has not been read to its end and proven whole yet.',
  oldest_body_proof_seconds: 'How long ago the one was proven whole that was so longest ago.',
} as const;

interface Row {
  readonly unproven: string;
  readonly not_whole: string;
  readonly oldest_seconds: number;
}

/** What the re-reading of sealed exhibits found, as figures. */
@Injectable()
export class ScrubFigures implements OnModuleInit {
  constructor(
    private readonly dataSource: DataSource,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    this.metrics.gauges(HELP, async () => {
      const [row] = await this.dataSource.query<Row[]>('SELECT * FROM count_body_proofs()');
      return { exhibits_not_whole: Number(row?.not_whole), exhibits_unproven: Number(row?.unproven), oldest_body_proof_seconds: row?.oldest_seconds ?? 0 };
    });
  }
}
