import { Module, type DynamicModule } from '@nestjs/common';
import { InsightJobsModule } from './insight/insight-jobs.module.js';
import { LedgerModule, SequencerModule } from './ledger/index.js';
import { NotificationsJobsModule } from './notifications/notifications-jobs.module.js';
import type { Config } from './platform/index.js';
import { PlatformModule } from './platform/platform.module.js';
import { QueueModule } from './platform/queue/index.js';

/**
 * The worker: the contexts that act on events, with no HTTP of their own. Apart from the API's module, so that neither
 * process carries the libraries of the other.
 */
@Module({})
export class WorkerModule {
  static for(config: Config): DynamicModule {
    return {
      module: WorkerModule,
      imports: [PlatformModule.for(config, 'worker'), LedgerModule, SequencerModule, QueueModule, NotificationsJobsModule, InsightJobsModule],
    };
  }
}
