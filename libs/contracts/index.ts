export { alertRaised, type AlertRaised } from './alert-raised.js';
export { breachRaised, type BreachRaised } from './breach-raised.js';
export { draftOf, payloadOf, type EventContract, type EventDraftOf, type OutboxEvent, type PayloadOf } from './contract.js';
export { acknowledgeBy, Urgency, urgencySchema } from './urgency.js';
