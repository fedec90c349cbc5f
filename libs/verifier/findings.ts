import { openCheckpoint, sameHash, type NoteVerifier, type OpenedCheckpoint } from '../tlog/index.js';
import { openWitnessed, type WitnessPolicy } from '../witness/index.js';

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

/** Whether the ledger of `trust` signed a checkpoint (attacker-controlled). */
export function signature(checkpoint: string, { key }: Trust): { readonly opened?: OpenedCheckpoint; readonly findings: readonly Finding[] } {
  const opened = openCheckpoint(checkpoint, key.name, [key]);
  if (!opened.ok) return { findings: [refuted(opened.error)] };
  const { size, root } = opened.value;
  const message = `${key.name} signed for ${size} entries with root ${Buffer.from(root).toString('base64')}.`;
  return { opened: opened.value, findings: [proven('signed', message)] };
}

/** What witnesses said of a checkpoint (attacker-controlled), held against the policy of `trust` where it has one. */
export function cosignatures(checkpoint: string, { key, policy }: Trust): readonly Finding[] {
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

/** Holds when nothing was refuted. */
export function verdict(findings: readonly Finding[]): Verdict {
  return { holds: findings.every(({ state }) => state !== 'refuted'), findings };
}

/** Something that was shown. */
export function proven(code: string, message: string): Finding {
  return { state: 'proven', code, message };
}

/** Something that does not hold. */
export function refuted({ code, message }: { readonly code: string; readonly message: string }): Finding {
  return { state: 'refuted', code, message: /[.!?]$/.test(message) ? message : `${message}.` };
}

/** Findings that are listed; the rest are counted. */
const LISTED = 100;

/** All that holds or was not asked, and the first hundred of what does not: the rest is counted, so that a flood of it hides nothing. */
export function listed(findings: readonly Finding[]): readonly Finding[] {
  const wrong = findings.filter(({ state }) => state === 'refuted');
  const more = wrong.length - LISTED;
  if (more <= 0) return findings;
  const dropped = new Set(wrong.slice(LISTED));
  return [...findings.filter((finding) => !dropped.has(finding)), refuted({ code: 'more', message: `And ${more} more` })];
}
