export { Log, type LogFields } from './log.js';
export { Metrics } from './metrics.js';
export { NestLog } from './nest-log.js';
export { Readiness, type ReadyState } from './readiness.js';
export { installRequestTelemetry } from './request-telemetry.js';
export { TelemetryModule } from './telemetry.module.js';
