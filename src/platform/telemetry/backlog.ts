import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Metrics } from './metrics.js';

const HELP = {
  events_waiting: 'Events written and not yet handed to the queue.',
  oldest_event_seconds: 'Age of the oldest of them; it grows when no worker runs.',
  dead_letters: 'Jobs given up that nobody has had done again.',
  ledger_entries_waiting: 'Ledger entries that have no place in the tree yet.',
} as const;

type Row = Record<'events' | 'oldest_event_seconds' | 'dead_letters' | 'ledger_entries', string>;

/** What waits in the database, as figures: the first place to look when an alert did not come. */
@Injectable()
export class Backlog implements OnModuleInit {
  constructor(
    private readonly dataSource: DataSource,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    this.metrics.gauges(HELP, () => this.read());
  }

  private async read(): Promise<Record<keyof typeof HELP, number>> {
    const [row] = await this.dataSource.query<Row[]>('SELECT * FROM count_what_waits()');
    return {
      events_waiting: Number(row?.events),
      oldest_event_seconds: Number(row?.oldest_event_seconds),
      dead_letters: Number(row?.dead_letters),
      ledger_entries_waiting: Number(row?.ledger_entries),
    };
  }
}
