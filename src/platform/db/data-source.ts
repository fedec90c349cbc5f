import type { TypeOrmModuleOptions } from '@nestjs/typeorm';
import type { Config } from '../config/index.js';

const POOL_SIZE = 20;
const STATEMENT_TIMEOUT_MS = 15_000;

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
    extra: { statement_timeout: STATEMENT_TIMEOUT_MS, idle_in_transaction_session_timeout: 4 * STATEMENT_TIMEOUT_MS },
    parseInt8: true,
  };
}
