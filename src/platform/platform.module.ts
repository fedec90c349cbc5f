import { Global, Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Clock, SystemClock } from './clock.js';
import { CONFIG, type Config } from './config/index.js';
import { dataSourceOptions } from './db/data-source.js';
import { UnitOfWork } from './db/unit-of-work.js';
import { DeclaredVerbs } from './http/declared-verbs.js';
import { VerbGuard } from './http/verb-guard.js';
import { LiveFeed } from './live/live-feed.js';
import { Log } from './telemetry/index.js';

/** What every context stands on: configuration, clock, log, transactions, live signals, and the guard that denies by default. */
@Global()
@Module({})
export class PlatformModule {
  /** @param role - which database login this process uses, and whether it serves requests. */
  static for(config: Config, role: 'app' | 'worker'): DynamicModule {
    return {
      module: PlatformModule,
      imports: [DiscoveryModule, TypeOrmModule.forRoot(dataSourceOptions(config, role))],
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: Clock, useClass: SystemClock },
        { provide: APP_GUARD, useClass: VerbGuard },
        DeclaredVerbs,
        LiveFeed,
        Log,
        UnitOfWork,
      ],
      exports: [CONFIG, Clock, LiveFeed, Log, UnitOfWork],
    };
  }
}
