export type { EntryDraft } from './domain/entry-body.js';
export { LedgerIntake } from './commands/ledger-intake.js';
export { LedgerModule } from './ledger.module.js';
