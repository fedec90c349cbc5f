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
    const { checkLedgerWith, rememberedCheckpoints } = await import('../../ledger/index.js');
    // Read before the database, which must then hold at least as much.
    const kept = [...(await rememberedCheckpoints(context.config().dataFolder)), ...(remembered === undefined ? [] : [readNamedFile(remembered)])];
    return readingLedger(context, async ({ connection, trust }) => outcomeOf(await checkLedgerWith(connection, trust, kept)));
  },
};

function outcomeOf(report: Report): Outcome {
  const { whole, entries, waiting, rootHash, unlisted } = report;
  const findings = report.findings.map(({ code, index, entryId, message }) => ({ code, index, entryId, message }));
  const listed = findings.map(({ code, message }) => `${code}: ${message}`);
  const lines = whole
    ? [`The ledger is whole: ${entries} entries, ${waiting} waiting for their place. Root ${rootHash}.`]
    : ['The ledger is NOT whole.', ...listed, ...(unlisted > 0 ? [`and ${unlisted} more.`] : [])];
  return { exit: whole ? Exit.Done : Exit.Failed, json: { whole, entries, waiting, rootHash, findings, unlisted }, lines };
}
