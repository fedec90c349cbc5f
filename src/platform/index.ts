export type { ActContext } from './act.js';
export { Clock } from './clock.js';
export { CONFIG, type Config } from './config/index.js';
export { prepared, UnitOfWork, type Work } from './db/unit-of-work.js';
export { LiveFeed } from './live/live-feed.js';
export type { LiveSignal } from './live/live-signal.js';
export { Act, Verb } from './http/verb.js';
export { Sessions } from './http/sessions.js';
export { Log } from './telemetry/index.js';
