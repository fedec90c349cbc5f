import { Module } from '@nestjs/common';
import { PlatformGraphqlModule } from '../platform/graphql/graphql.module.js';
import { LedgerResolver } from './api/ledger.resolver.js';
import { TreeController } from './api/tree.controller.js';
import { CheckWholeLedger } from './commands/check-whole-ledger.js';
import { ProveLedger } from './commands/prove-ledger.js';
import { AuditLog } from './queries/audit-log.js';
import { PublishedTree } from './queries/published-tree.js';

/** The ledger's queries and the check, for the process that serves requests. */
@Module({
  imports: [PlatformGraphqlModule],
  controllers: [TreeController],
  providers: [AuditLog, CheckWholeLedger, ProveLedger, PublishedTree, LedgerResolver],
})
export class LedgerApiModule {}
