export { openBackend, type QueueBackend } from './backend.js';
export { deadLetters, replayDeadLetter, type DeadLetter } from './dead-letters.js';
export { EventHandler, type DeliveredEvent, type InwardHandler, type OutwardHandler } from './event-handler.js';
export { JobFailure, PermanentFailure, TransientFailure } from './failures.js';
export { QueueModule } from './queue.module.js';
