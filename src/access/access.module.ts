import { Module } from '@nestjs/common';
import { LedgerModule } from '../ledger/index.js';
import { AgreementResolver } from './api/agreement.resolver.js';
import { SightResolver } from './api/sight.resolver.js';
import { AccessFacts } from './queries/access-facts.js';
import { AgreementsOfAgency } from './queries/agreements-of-agency.js';
import { ItemSight } from './queries/item-sight.js';

/** Agreements, and the facts from which every other context has its acts decided. */
@Module({
  imports: [LedgerModule],
  providers: [AccessFacts, AgreementsOfAgency, ItemSight, AgreementResolver, SightResolver],
  exports: [AccessFacts],
})
export class AccessModule {}
