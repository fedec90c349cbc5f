import { Module } from '@nestjs/common';
import { PlatformGraphqlModule } from '../platform/graphql/graphql.module.js';
import { LedgerResolver } from './api/ledger.resolver.js';
import { TimestampFigures } from './api/timestamp-figures.js';
import { TimestampResolver } from './api/timestamp.resolver.js';
import { WitnessFigures } from './api/witness-figures.js';
import { WitnessResolver } from './api/witness.resolver.js';
import { CheckWholeLedger } from './commands/check-whole-ledger.js';
import { ProveLedger } from './commands/prove-ledger.js';
import { AuditLog } from './queries/audit-log.js';
import { TimestampStanding } from './queries/timestamp-standing.js';
import { WitnessStanding } from './queries/witness-standing.js';

/** The ledger's queries and the check, for the process that serves requests. */
@Module({
  imports: [PlatformGraphqlModule],
  providers: [AuditLog, CheckWholeLedger, ProveLedger, LedgerResolver, WitnessFigures, WitnessResolver, WitnessStanding, TimestampFigures, TimestampResolver, TimestampStanding],
})
export class LedgerApiModule {}
