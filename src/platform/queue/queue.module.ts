import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { EventProcessor } from './event-processor.js';
import { FaultLog } from './fault-log.js';
import { HandlerRegistry } from './handler-registry.js';
import { OutboxCarriers } from './outbox-carriers.js';
import { OutboxListener } from './outbox-listener.js';
import { OutboxRelay } from './outbox-relay.js';
import { QueueRunner } from './queue-runner.js';
import { Reconciler } from './reconciler.js';

/** Relay, queues and workers. For the worker process only: handlers are whatever its other modules provide. */
@Module({
  imports: [DiscoveryModule],
  providers: [EventProcessor, FaultLog, HandlerRegistry, OutboxCarriers, OutboxListener, OutboxRelay, QueueRunner, Reconciler],
})
export class QueueModule {}
