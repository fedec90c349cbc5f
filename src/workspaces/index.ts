export { WorkspacesModule } from './workspaces.module.js';
export { CaseGate, markingOf, type Entered, type EnteredItem } from './commands/case-gate.js';
export { markItem, type Marked } from './commands/mark-item.js';
export type { MarkingDraft } from './domain/marking-draft.js';
export { openPage, type PageRequest } from './queries/page.js';
export { presentMarking } from './queries/present-marking.js';
export { insertItem, type NewItem } from './store/item.store.js';
export { placeOf, type Placed } from './store/place.js';
export { markedColumns, type MarkedRow } from './store/rows.js';
