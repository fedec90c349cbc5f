import type { TypeOrmModuleOptions } from '@nestjs/typeorm';
import type { Config } from '../config/index.js';
import { TurnSocket } from './turn-socket.js';

const POOL_SIZE = 20;
const STATEMENT_TIMEOUT_MS = 15_000;

/** A connection is kept for a while when nobody asks: with it go its plans, and the next asker waits for new ones. */
const KEEP_IDLE_MS = 600_000;

/**
 * A named statement is planned once per connection and never again for each set of values: with row-level security expanded,
 * planning costs ten times what running does, and no plan of ours depends on the values. Nor is a statement worth compiling.
 */
export const KEEP_PLANS = '-c plan_cache_mode=force_generic_plan -c jit=off';

/** Connects as the least-privileged login of this process; the schema is never changed from here. */
export function dataSourceOptions(config: Config, role: 'app' | 'worker'): TypeOrmModuleOptions {
  return {
    type: 'postgres',
    url: role === 'app' ? config.database.appUrl : config.database.workerUrl,
    applicationName: `concordat-${role}`,
    autoLoadEntities: true,
    synchronize: false,
    retryAttempts: 0,
    poolSize: POOL_SIZE,
    extra: {
      options: KEEP_PLANS,
      // Statements may be sent before the ones ahead of them are answered; each still fails or succeeds by itself, in order.
      pipeline: true,
      stream: () => new TurnSocket(),
      idleTimeoutMillis: KEEP_IDLE_MS,
      statement_timeout: STATEMENT_TIMEOUT_MS,
      idle_in_transaction_session_timeout: 4 * STATEMENT_TIMEOUT_MS,
    },
    parseInt8: true,
  };
}
