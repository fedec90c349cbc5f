import { Module, type DynamicModule } from '@nestjs/common';
import { AccessModule } from './access/index.js';
import { EvidenceModule } from './evidence/index.js';
import { IdentityModule } from './identity/index.js';
import { InsightModule } from './insight/index.js';
import { LedgerModule } from './ledger/index.js';
import { LedgerApiModule } from './ledger/ledger-api.module.js';
import { NotificationsModule } from './notifications/index.js';
import type { Config } from './platform/index.js';
import { PlatformGraphqlModule } from './platform/graphql/graphql.module.js';
import { PlatformModule } from './platform/platform.module.js';
import { TelemetryModule } from './platform/telemetry/index.js';
import { PortalModule } from './portal/index.js';
import { WorkspacesModule } from './workspaces/index.js';

/** The API and the portal: every context, wired. Composition only. */
@Module({})
export class AppModule {
  static for(config: Config): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.for(config, 'app'),
        TelemetryModule,
        PlatformGraphqlModule,
        LedgerModule,
        LedgerApiModule,
        IdentityModule,
        AccessModule,
        WorkspacesModule,
        EvidenceModule,
        NotificationsModule,
        InsightModule,
        PortalModule,
      ],
    };
  }
}
