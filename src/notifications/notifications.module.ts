import { Module } from '@nestjs/common';
import { AccessModule } from '../access/index.js';
import { PlatformGraphqlModule } from '../platform/graphql/graphql.module.js';
import { AlertResolver } from './api/alert.resolver.js';
import { AcknowledgeAlert } from './commands/acknowledge-alert.js';
import { AlertGate } from './commands/alert-gate.js';
import { LiveSight } from './live/live-sight.js';
import { LiveStreams } from './live/live-streams.js';
import { LiveResolver } from './live/live.resolver.js';
import { StreamController } from './live/stream.controller.js';
import { AlertById } from './queries/alert-by-id.js';
import { AlertsOfAgency } from './queries/alerts-of-agency.js';

/** Alerts as people see and answer them, and the live stream that tells open pages of changes. */
@Module({
  imports: [AccessModule, PlatformGraphqlModule],
  controllers: [StreamController],
  providers: [AcknowledgeAlert, AlertById, AlertGate, AlertResolver, AlertsOfAgency, LiveResolver, LiveSight, LiveStreams],
})
export class NotificationsModule {}
