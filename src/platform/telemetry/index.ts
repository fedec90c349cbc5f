export { Log, type LogFields } from './log.js';
export { Metrics } from './metrics.js';
export { NestLog } from './nest-log.js';
export { installRequestTelemetry } from './request-telemetry.js';
export { TelemetryModule } from './telemetry.module.js';
