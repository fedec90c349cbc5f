import { parseVerifierKey } from '../../../libs/note/index.js';
import { parsePolicy, type WitnessPolicy } from '../../../libs/witness/index.js';
import type { LedgerTrust, checkLedgerWith } from '../../ledger/index.js';
import { CliFault, Exit, type Command, type Outcome } from '../command.js';
import { readingLedger } from '../ledger-reading.js';
import { progressBar } from '../progress-bar.js';
import { readNamedFile } from '../read-file.js';

type Report = Awaited<ReturnType<typeof checkLedgerWith>>;

/** `concordat ledger check`: recomputes the whole ledger from its entries and names what does not hold. */
export const ledgerCheck: Command = {
  name: 'ledger check',
  usage: '[--remembered CHECKPOINT-FILE] [--policy FILE] [--key LEDGER-KEY]',
  words: 'Recomputes the ledger, its cosignatures, the chains of custody and what is stored beside it; exit 1 names what was altered. A checkpoint kept elsewhere also shows what was cut off. With --key it needs no secret, for a copy of the database.',
  options: ['remembered', 'policy', 'key'],
  positionals: [0, 0],
  async run(context, { options: { remembered, policy, key } }) {
    const { checkLedgerWith, ledgerAuthority, rememberedCheckpoints } = await import('../../ledger/index.js');
    const given = key === undefined ? undefined : trustOf(key);
    const asked = policy === undefined ? undefined : policyOf(policy);
    // Read before the database, which must then hold at least as much. A copy is held against what is named alone.
    const own = given === undefined ? await rememberedCheckpoints(context.config().dataFolder) : [];
    const dated = given === undefined ? ledgerAuthority(context.config().timestamps)?.trust : undefined;
    const kept = [...own, ...(remembered === undefined ? [] : [readNamedFile(remembered)])];
    const bar = progressBar(process.stderr);
    try {
      const check = ({ connection, trust }: Parameters<Parameters<typeof readingLedger>[1]>[0]): Promise<Report> =>
        checkLedgerWith(connection, trust, { remembered: kept, dated, policy: asked, withBusiness: true, progress: (done, of) => bar.at(done, of) });
      return outcomeOf(await readingLedger(context, check, given));
    } finally {
      bar.end();
    }
  },
};

function trustOf(key: string): LedgerTrust {
  const verifier = parseVerifierKey(key);
  if (!verifier.ok) throw new CliFault(`--key: ${verifier.error.message}.`, Exit.Usage);
  return { origin: verifier.value.name, trusted: [verifier.value] };
}

function policyOf(file: string): WitnessPolicy {
  const parsed = parsePolicy(readNamedFile(file));
  if (!parsed.ok) throw new CliFault(`${file}: ${parsed.error.message}.`, Exit.Usage);
  return parsed.value;
}

function outcomeOf(report: Report): Outcome {
  const { whole, entries, erased, retired, waiting, rootHash, unlisted, timestamps } = report;
  const findings = report.findings.map(({ code, index, entryId, message }) => ({ code, index, entryId, message }));
  const retirements = report.retirements.map((each) => ({ ...each, retiredAt: each.retiredAt.toISOString() }));
  const listed = findings.map(({ code, message }) => `${code}: ${message}`);
  const lines = whole
    ? [`The ledger is whole: ${entries} entries, ${erased === 0 ? '' : `${erased} of them erased on record, `}${retired === 0 ? '' : `${retired} of them retired on record, `}${waiting} waiting for their place. Root ${rootHash}.`]
    : ['The ledger is NOT whole.', ...listed, ...(unlisted > 0 ? [`and ${unlisted} more.`] : [])];
  return { exit: whole ? Exit.Done : Exit.Failed, json: { whole, entries, erased, retired, retirements, waiting, rootHash, findings, unlisted, timestamps: { ...timestamps } }, lines: [...lines, ...retirementLines(report.retirements), ...timestampLines(timestamps)] };
}

/** What is no longer kept, by whom and since when; that exactly this is gone was held against the leaves. */
function retirementLines(retirements: Report['retirements']): readonly string[] {
  return retirements.map(
    ({ month, entries, kept, retiredAt, decidedBy, reason, entryId }) =>
      `${month}: ${entries} entries were retired at ${retiredAt.toISOString()}, ${kept} held, as ${decidedBy} decided: ${reason} (entry ${entryId})`,
  );
}

/** Timestamps that do not hold are findings; this says what of them was looked at. */
function timestampLines({ held, unchecked, waiting }: Report['timestamps']): readonly string[] {
  if (held + unchecked + waiting === 0) return [];
  const checked = unchecked > 0 ? `${unchecked} timestamps were NOT checked: set TIMESTAMP_TRUSTED_CERTIFICATES.` : `${held} timestamps hold.`;
  return [waiting > 0 ? `${checked} ${waiting} checkpoints wait for theirs.` : checked];
}
