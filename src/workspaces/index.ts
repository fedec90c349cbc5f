export { WorkspacesModule } from './workspaces.module.js';
export { CaseGate, markingOf, type Entered, type EnteredItem } from './commands/case-gate.js';
export { markItem, type Marked } from './commands/mark-item.js';
export { printed, printedTogether } from './domain/printed-marking.js';
export type { MarkingDraft } from './domain/marking-draft.js';
export { presentMarking } from './queries/present-marking.js';
export { insertItem, isMadeOfAnothers, type NewItem } from './store/item.store.js';
export { markedColumns, markingOfRow, type MarkedRow } from './store/rows.js';
