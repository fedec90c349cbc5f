import { Module } from '@nestjs/common';
import { PlatformGraphqlModule } from '../platform/graphql/graphql.module.js';
import { UnusualUseResolver } from './api/unusual-use.resolver.js';
import { AnswerUnusualUse } from './commands/answer-unusual-use.js';
import { AssignUnusualUse } from './commands/assign-unusual-use.js';
import { CloseUnusualUse } from './commands/close-unusual-use.js';
import { UnusualUseGate } from './commands/unusual-use-gate.js';
import { UnusualUses } from './queries/unusual-uses.js';

/** Reads that want an explanation, as those who must give it and those who must be given it see them. */
@Module({
  imports: [PlatformGraphqlModule],
  providers: [AnswerUnusualUse, AssignUnusualUse, CloseUnusualUse, UnusualUseGate, UnusualUseResolver, UnusualUses],
})
export class InsightModule {}
