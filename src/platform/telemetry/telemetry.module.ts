import { Global, Module } from '@nestjs/common';
import { Backlog } from './backlog.js';
import { Metrics } from './metrics.js';
import { OperationsController } from './operations.controller.js';
import { Readiness } from './readiness.js';

/** Metrics and readiness for a process that serves requests, with the addresses an operator's tools ask. */
@Global()
@Module({
  controllers: [OperationsController],
  providers: [Backlog, Metrics, Readiness],
  exports: [Metrics, Readiness],
})
export class TelemetryModule {}
