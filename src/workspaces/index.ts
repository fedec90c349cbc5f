export { WorkspacesModule } from './workspaces.module.js';
export { CaseGate, type Entered, type EnteredItem } from './commands/case-gate.js';
export { markItem, type Marked } from './commands/mark-item.js';
export { printed, printedTogether } from './domain/printed-marking.js';
export type { MarkingDraft } from './domain/marking-draft.js';
export { presentMarking } from './queries/present-marking.js';
export { insertItem, markingOf, type NewItem } from './store/item.store.js';
export { holdItem, originOf } from './store/origin.store.js';
export { markedColumns, markingOfRow, type MarkedRow } from './store/rows.js';
