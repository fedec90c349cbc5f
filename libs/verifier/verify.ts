import { sameHash, openCheckpoint, parseProofFile, verifyConsistencyFile, verifyInclusion, type NoteVerifier, type OpenedCheckpoint } from '../tlog/index.js';
import { openWitnessed, type WitnessPolicy } from '../witness/index.js';
import { leafHashOf, parseEntryFile } from './entry-file.js';

/** One thing a proof was held against. `code` is stable; `open` is what was not asked or cannot be shown at all. */
export interface Finding {
  readonly state: 'proven' | 'refuted' | 'open';
  readonly code: string;
  readonly message: string;
}

/** Everything that was found, and whether all that was asked is proven. */
export interface Verdict {
  readonly holds: boolean;
  readonly findings: readonly Finding[];
}

/** Whom the verifier trusts: never anything found in what is verified. */
export interface Trust {
  /** The ledger's public key; its name is the ledger's origin. */
  readonly key: NoteVerifier;
  /** The witnesses of whom a quorum must have cosigned, when that is asked. */
  readonly policy?: WitnessPolicy | undefined;
}

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

function signature(checkpoint: string, { key }: Trust): { readonly opened?: OpenedCheckpoint; readonly findings: readonly Finding[] } {
  const opened = openCheckpoint(checkpoint, key.name, [key]);
  if (!opened.ok) return { findings: [refuted(opened.error)] };
  const { size, root } = opened.value;
  const message = `${key.name} signed for ${size} entries with root ${Buffer.from(root).toString('base64')}.`;
  return { opened: opened.value, findings: [proven('signed', message)] };
}

function cosignatures(checkpoint: string, { key, policy }: Trust): readonly Finding[] {
  if (policy === undefined) {
    return [{ state: 'open', code: 'witnessed', message: 'Whether others were shown the same ledger: no policy of witnesses was given.' }];
  }
  if (!policy.logs.some(({ name, publicKey }) => name === key.name && sameHash(publicKey, key.publicKey))) {
    return [refuted({ code: 'other-log', message: 'The policy is not about the ledger whose key was given' })];
  }
  const witnessed = openWitnessed(checkpoint, policy);
  if (!witnessed.ok) return [refuted(witnessed.error)];
  const names = witnessed.value.witnessed.map(({ name, seconds }) => `${name} at ${new Date(seconds * 1000).toISOString()}`);
  return [proven('witnessed', `The quorum of the policy is met. Cosigned by: ${names.length === 0 ? 'nobody, whom it asks for' : names.join(', ')}.`)];
}

const NEVER_SHOWN: Finding = {
  state: 'open', code: 'truth', message: 'That what was recorded is true: a proof shows what was recorded, and that it was not changed since.',
};

function verdict(findings: readonly Finding[]): Verdict {
  return { holds: findings.every(({ state }) => state !== 'refuted'), findings };
}

function proven(code: string, message: string): Finding {
  return { state: 'proven', code, message };
}

function refuted({ code, message }: { readonly code: string; readonly message: string }): Finding {
  return { state: 'refuted', code, message: /[.!?]$/.test(message) ? message : `${message}.` };
}
