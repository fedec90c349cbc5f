import { openCheckpoint, parseProofFile, verifyConsistencyFile, verifyInclusion } from '../tlog/index.js';
import { leafHashOf, parseEntryFile } from './entry-file.js';
import { cosignatures, proven, refuted, signature, verdict, type Finding, type Trust, type Verdict } from './findings.js';

/** An entry as an entry file, or only the hash of its leaf where its body is not at hand. */
export type Claimed = { readonly entryFile: string } | { readonly leafHash: Uint8Array };

/** Whether a C2SP tlog-proof (attacker-controlled) shows that an entry (attacker-controlled) is in the ledger of `trust`. */
export function verifyEntry(proofText: string, claimed: Claimed, trust: Trust): Verdict {
  const entry = readClaimed(claimed);
  const proof = parseProofFile(proofText);
  if (!proof.ok) return verdict([...entry.findings, refuted(proof.error)]);
  const { index, path, checkpoint } = proof.value;
  const signed = signature(checkpoint, trust);
  const findings = [...entry.findings, ...signed.findings];
  if (signed.opened !== undefined && entry.leafHash !== undefined) {
    const { size, root } = signed.opened;
    const held = verifyInclusion({ leafHash: entry.leafHash, index, size, root, proof: path });
    findings.push(held.ok ? proven('included', `It is entry ${index} of the ${size} in that ledger.`) : refuted(held.error));
  }
  return verdict([...findings, ...cosignatures(checkpoint, trust), NEVER_SHOWN]);
}

/**
 * Whether a consistency proof (attacker-controlled) shows that a later ledger contains everything that the one of
 * `earlier`, a signed checkpoint somebody kept, did.
 */
export function verifyContinuity(proofText: string, earlier: string, trust: Trust): Verdict {
  const kept = openCheckpoint(earlier, trust.key.name, [trust.key]);
  if (!kept.ok) return verdict([refuted({ ...kept.error, message: `The checkpoint that was kept: ${kept.error.message}` })]);
  const { size } = kept.value;
  const findings = [proven('kept-signed', `${trust.key.name} signed the checkpoint that was kept, of ${size} entries.`)];
  const later = verifyConsistencyFile(proofText, kept.value, trust.key.name, [trust.key]);
  if (!later.ok) return verdict([...findings, refuted(later.error)]);
  const grown = proven('continues', `The ledger of ${later.value.size} entries, which it signed too, begins with those ${size}, unchanged.`);
  return verdict([...findings, grown, ...cosignatures(proofText.slice(proofText.indexOf('\n\n') + 2), trust)]);
}

function readClaimed(claimed: Claimed): { readonly leafHash?: Uint8Array; readonly findings: readonly Finding[] } {
  if ('leafHash' in claimed) {
    const message = 'The body of the entry was not given: what is shown is that something with this hash was recorded, not what.';
    return { leafHash: claimed.leafHash, findings: [{ state: 'open', code: 'body', message }] };
  }
  const entry = parseEntryFile(claimed.entryFile);
  if (!entry.ok) return { findings: [refuted(entry.error)] };
  const leafHash = leafHashOf(entry.value);
  return { leafHash, findings: [proven('hashed', `The entry hashes to ${Buffer.from(leafHash).toString('base64')}.`)] };
}

const NEVER_SHOWN: Finding = {
  state: 'open', code: 'truth', message: 'That what was recorded is true: a proof shows what was recorded, and that it was not changed since.',
};
