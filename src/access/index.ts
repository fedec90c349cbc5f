export { AccessModule } from './access.module.js';
export { EndAgreement } from './commands/end-agreement.js';
export { ImportAgreement, type ImportedAgreement } from './commands/import-agreement.js';
export { AccessFacts } from './queries/access-facts.js';
export type { SightOnDay } from './domain/sight-on-day.js';
export { ItemSightView } from './api/sight.views.js';
export type { ItemInWorkspace } from './store/facts.store.js';
