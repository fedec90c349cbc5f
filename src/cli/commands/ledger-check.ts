import type { checkLedgerWith } from '../../ledger/index.js';
import { Exit, type Command, type Outcome } from '../command.js';
import { readingLedger } from '../ledger-reading.js';
import { readNamedFile } from '../read-file.js';

type Report = Awaited<ReturnType<typeof checkLedgerWith>>;

/** `concordat ledger check`: recomputes the whole ledger from its entries and names what does not hold. */
export const ledgerCheck: Command = {
  name: 'ledger check',
  usage: '[--remembered CHECKPOINT-FILE]',
  words: 'Recomputes the ledger from its entries; exit 1 names what was altered. A checkpoint kept elsewhere also shows what was cut off.',
  options: ['remembered'],
  positionals: [0, 0],
  async run(context, { options: { remembered } }) {
    const { checkLedgerWith, ledgerAuthority, rememberedCheckpoints } = await import('../../ledger/index.js');
    // Read before the database, which must then hold at least as much.
    const kept = [...(await rememberedCheckpoints(context.config().dataFolder)), ...(remembered === undefined ? [] : [readNamedFile(remembered)])];
    const dated = ledgerAuthority(context.config().timestamps)?.trust;
    return readingLedger(context, async ({ connection, trust }) => outcomeOf(await checkLedgerWith(connection, trust, kept, dated)));
  },
};

function outcomeOf(report: Report): Outcome {
  const { whole, entries, waiting, rootHash, unlisted, timestamps } = report;
  const findings = report.findings.map(({ code, index, entryId, message }) => ({ code, index, entryId, message }));
  const listed = findings.map(({ code, message }) => `${code}: ${message}`);
  const lines = whole
    ? [`The ledger is whole: ${entries} entries, ${waiting} waiting for their place. Root ${rootHash}.`]
    : ['The ledger is NOT whole.', ...listed, ...(unlisted > 0 ? [`and ${unlisted} more.`] : [])];
  return { exit: whole ? Exit.Done : Exit.Failed, json: { whole, entries, waiting, rootHash, findings, unlisted, timestamps: { ...timestamps } }, lines: [...lines, ...timestampLines(timestamps)] };
}

/** Timestamps that do not hold are findings; this says what of them was looked at. */
function timestampLines({ held, unchecked, waiting }: Report['timestamps']): readonly string[] {
  if (held + unchecked + waiting === 0) return [];
  const checked = unchecked > 0 ? `${unchecked} timestamps were NOT checked: set TIMESTAMP_TRUSTED_CERTIFICATES.` : `${held} timestamps hold.`;
  return [waiting > 0 ? `${checked} ${waiting} checkpoints wait for theirs.` : checked];
}
