import { readFileSync } from 'node:fs';
import { Client } from 'pg';
import type { checkLedgerWith } from '../../ledger/index.js';
import { CliFault, Exit, type Command, type Outcome } from '../command.js';

type Report = Awaited<ReturnType<typeof checkLedgerWith>>;

/** `concordat ledger check`: recomputes the whole ledger from its entries and names what does not hold. */
export const ledgerCheck: Command = {
  name: 'ledger check',
  usage: '[--remembered CHECKPOINT-FILE]',
  words: 'Recomputes the ledger from its entries; exit 1 names what was altered. A checkpoint kept elsewhere also shows what was cut off.',
  options: ['remembered'],
  positionals: [0, 0],
  async run(context, { options }) {
    const { checkLedgerWith, ledgerKey, pgConnection, rememberedCheckpoints } = await import('../../ledger/index.js');
    const { dataFolder, keys } = context.config();
    // Read before the database, which must then hold at least as much.
    const kept = [...(await rememberedCheckpoints(dataFolder)), ...remembered(options['remembered'])];
    const { origin, trusted } = ledgerKey(keys.ledgerSigningKey, keys.ledgerOrigin);
    const client = new Client({ connectionString: context.ownerUrl(), options: '-c role=concordat_owner', connectionTimeoutMillis: 5000 });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return outcomeOf(await checkLedgerWith(pgConnection(client), { origin, trusted }, kept));
    } finally {
      await client.end();
    }
  },
};

function remembered(file: string | undefined): readonly string[] {
  if (file === undefined) return [];
  try {
    return [readFileSync(file, 'utf8')];
  } catch {
    throw new CliFault(`The file ${file} cannot be read.`, Exit.Usage);
  }
}

function outcomeOf(report: Report): Outcome {
  const { whole, entries, waiting, rootHash, unlisted } = report;
  const findings = report.findings.map(({ code, index, entryId, message }) => ({ code, index, entryId, message }));
  const listed = findings.map(({ code, message }) => `${code}: ${message}`);
  const lines = whole
    ? [`The ledger is whole: ${entries} entries, ${waiting} waiting for their place. Root ${rootHash}.`]
    : ['The ledger is NOT whole.', ...listed, ...(unlisted > 0 ? [`and ${unlisted} more.`] : [])];
  return { exit: whole ? Exit.Done : Exit.Failed, json: { whole, entries, waiting, rootHash, findings, unlisted }, lines };
}
