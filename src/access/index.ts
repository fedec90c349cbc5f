export { AccessModule } from './access.module.js';
export { AccessFacts } from './queries/access-facts.js';
export type { ItemInWorkspace } from './store/facts.store.js';
