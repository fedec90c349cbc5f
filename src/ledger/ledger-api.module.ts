import { Module } from '@nestjs/common';
import { PlatformGraphqlModule } from '../platform/graphql/graphql.module.js';
import { AgencyLogResolver } from './api/agency-log.resolver.js';
import { DeskResolver } from './api/desk.resolver.js';
import { EntryFileController } from './api/entry-file.controller.js';
import { ExportController } from './api/export.controller.js';
import { ItemPastResolver } from './api/item-past.resolver.js';
import { LedgerResolver } from './api/ledger.resolver.js';
import { TimestampFigures } from './api/timestamp-figures.js';
import { TimestampResolver } from './api/timestamp.resolver.js';
import { TreeController } from './api/tree.controller.js';
import { WitnessFigures } from './api/witness-figures.js';
import { WitnessResolver } from './api/witness.resolver.js';
import { CheckWholeLedger } from './commands/check-whole-ledger.js';
import { ExportLedger } from './commands/export-ledger.js';
import { KeepSearch } from './commands/keep-search.js';
import { ProveLedger } from './commands/prove-ledger.js';
import { StateReason } from './commands/state-reason.js';
import { AgencyLog } from './queries/agency-log.js';
import { AuditDesk } from './queries/audit-desk.js';
import { AuditLog } from './queries/audit-log.js';
import { EntryFiles } from './queries/entry-files.js';
import { ItemPast } from './queries/item-past.js';
import { PublishedTree } from './queries/published-tree.js';
import { TimestampStanding } from './queries/timestamp-standing.js';
import { WitnessStanding } from './queries/witness-standing.js';

/** The ledger's queries and the check, for the process that serves requests. */
@Module({
  imports: [PlatformGraphqlModule],
  controllers: [EntryFileController, ExportController, TreeController],
  providers: [
    AgencyLog, AgencyLogResolver, ItemPast, ItemPastResolver, AuditLog, AuditDesk, CheckWholeLedger, EntryFiles, ExportLedger, KeepSearch, ProveLedger, PublishedTree, StateReason, LedgerResolver, DeskResolver,
    WitnessFigures, WitnessResolver, WitnessStanding, TimestampFigures, TimestampResolver, TimestampStanding,
  ],
})
export class LedgerApiModule {}
