export type { EntryDraft } from './domain/entry-body.js';
export { LedgerIntake } from './commands/ledger-intake.js';
export { LedgerModule } from './ledger.module.js';
export { SequencerModule } from './sequencer.module.js';
export { ledgerKey, type LedgerKey, type LedgerTrust } from './domain/ledger-key.js';
export { pgConnection, type LedgerConnection } from './store/connection.js';
export { checkLedgerWith, type LedgerFinding, type LedgerReport } from './queries/check-ledger.js';
export { proveEntry } from './queries/prove-entry.js';
export { LedgerBroken, sequenceBatch, type Batch } from './jobs/sequence-batch.js';
