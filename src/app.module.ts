import { Module, type DynamicModule } from '@nestjs/common';
import { IdentityModule } from './identity/index.js';
import { LedgerModule } from './ledger/index.js';
import { NotificationsJobsModule, NotificationsModule } from './notifications/index.js';
import type { Config } from './platform/index.js';
import { PlatformGraphqlModule } from './platform/graphql/graphql.module.js';
import { PlatformModule } from './platform/platform.module.js';
import { QueueModule } from './platform/queue/index.js';

/** The API and the portal: every context, wired. Composition only. */
@Module({})
export class AppModule {
  static for(config: Config): DynamicModule {
    return {
      module: AppModule,
      imports: [PlatformModule.for(config, 'app'), PlatformGraphqlModule, LedgerModule, IdentityModule, NotificationsModule],
    };
  }
}

/** The worker: the contexts that act on events, with no HTTP of their own. */
@Module({})
export class WorkerModule {
  static for(config: Config): DynamicModule {
    return {
      module: WorkerModule,
      imports: [PlatformModule.for(config, 'worker'), LedgerModule, QueueModule, NotificationsJobsModule],
    };
  }
}
