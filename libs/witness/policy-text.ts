import { ok, type Result } from '../kernel/index.js';
import { fromDecimal, parseCosignatureKey, parseVerifierKey, type NoteVerifier } from '../note/index.js';
import { WitnessErrorCode, refuse, type WitnessError } from './errors.js';
import { firstRepeatedKey, type Quorum, type WitnessPolicy } from './policy.js';

/** A witness as a policy lists it. */
export interface ListedWitness {
  /** What the policy calls it. */
  readonly name: string;
  readonly key: NoteVerifier;
  /** The key as it is written, `name+keyid+base64`. */
  readonly keyText: string;
  /** Where it is asked, if the policy says: `URL/add-checkpoint`. Not looked into here. */
  readonly url: string | undefined;
}

/** A policy with what else its lines say of its witnesses. */
export interface ListedPolicy extends WitnessPolicy {
  /** In the order of `witnesses`. */
  readonly listed: readonly ListedWitness[];
}

/** What stands in a policy so far, line by line. */
interface Draft {
  readonly logs: NoteVerifier[];
  readonly listed: ListedWitness[];
  /** Witnesses and groups by name: they share one space of names. */
  readonly named: Map<string, Quorum>;
  /** Names that are members already; each counts in one place only. */
  readonly placed: Set<string>;
  quorum: Quorum | undefined;
}

/** Policies longer than this are refused before they are read. */
const MAX_POLICY_LENGTH = 262_144;
const NONE = 'none';
// Control characters but tab and newline (C2SP tlog-policy, "Character set").
const NOT_IN_POLICY = /[\u0000-\u0008\u000b-\u001f\u007f]/;

/**
 * Reads a policy file (C2SP tlog-policy): lines `log`, `witness`, `group` and one `quorum`; blank lines and lines that
 * begin with `#` are left out. It is written by people, so spaces and tabs are free, unlike in everything signed.
 *
 * Refused with `malformed-policy`, naming the line. Beyond the published text, a log's own key is refused as a
 * witness's.
 */
export function parsePolicy(text: string): Result<ListedPolicy, WitnessError> {
  if (text.length > MAX_POLICY_LENGTH) return refuse(WitnessErrorCode.MalformedPolicy, 'The policy is too long');
  if (NOT_IN_POLICY.test(text)) return refuse(WitnessErrorCode.MalformedPolicy, 'The policy has a control character');
  if (!text.endsWith('\n')) return refuse(WitnessErrorCode.MalformedPolicy, 'Every line of a policy ends in a newline');
  const draft: Draft = { logs: [], listed: [], named: new Map(), placed: new Set(), quorum: undefined };
  for (const [at, line] of text.split('\n').entries()) {
    const words = line.split(/[ \t]+/).filter((word) => word !== '');
    const fault = words[0] === undefined || words[0].startsWith('#') ? undefined : readLine(draft, words);
    if (fault !== undefined) return refuse(WitnessErrorCode.MalformedPolicy, `Line ${at + 1}: ${fault}`);
  }
  const { logs, listed, quorum } = draft;
  const witnesses = listed.map(({ key }) => key);
  if (quorum === undefined) return refuse(WitnessErrorCode.MalformedPolicy, 'A policy has one quorum line');
  const twice = firstRepeatedKey([...logs, ...witnesses]);
  if (twice !== undefined) return refuse(WitnessErrorCode.MalformedPolicy, `The key of ${twice.name} is listed twice`);
  return ok({ logs, witnesses, quorum, listed });
}

/** Takes one line into the draft, or says what is wrong with it. */
function readLine(draft: Draft, [keyword = '', ...rest]: readonly string[]): string | undefined {
  switch (keyword) {
    case 'log':
      return readLog(draft, rest);
    case 'witness':
      return readWitness(draft, rest);
    case 'group':
      return readGroup(draft, rest);
    case 'quorum':
      return readQuorum(draft, rest);
    default:
      return 'a line begins with log, witness, group or quorum';
  }
}

function readLog(draft: Draft, [key = '', ...rest]: readonly string[]): string | undefined {
  const verifier = parseVerifierKey(key);
  if (rest.length > 1 || !verifier.ok) return 'a log is written: log KEY [URL], with the Ed25519 key it signs with';
  draft.logs.push(verifier.value);
  return undefined;
}

function readWitness(draft: Draft, [name = '', key = '', ...rest]: readonly string[]): string | undefined {
  const verifier = parseCosignatureKey(key);
  if (rest.length > 1 || !verifier.ok) return 'a witness is written: witness NAME KEY [URL], with its Ed25519 cosignature key';
  if (isTaken(draft, name)) return `the name ${name} is taken`;
  draft.listed.push({ name, key: verifier.value, keyText: key, url: rest[0] });
  draft.named.set(name, { kind: 'witness', key: verifier.value });
  return undefined;
}

function readGroup(draft: Draft, [name = '', count = '', ...names]: readonly string[]): string | undefined {
  if (names.length === 0) return 'a group is written: group NAME all|any|NUMBER MEMBER...';
  if (isTaken(draft, name)) return `the name ${name} is taken`;
  const threshold = count === 'all' ? names.length : count === 'any' ? 1 : fromDecimal(count);
  if (threshold === undefined || threshold < 1 || threshold > names.length) return `${count} of ${names.length} members is no quorum`;
  const members: Quorum[] = [];
  for (const member of names) {
    const quorum = draft.named.get(member);
    if (quorum === undefined) return `no line above defines ${member}`;
    if (draft.placed.has(member)) return `${member} is a member already`;
    draft.placed.add(member);
    members.push(quorum);
  }
  draft.named.set(name, { kind: 'group', threshold, members });
  return undefined;
}

function readQuorum(draft: Draft, [name = '', ...rest]: readonly string[]): string | undefined {
  if (name === '' || rest.length > 0) return 'a quorum is written: quorum NAME';
  if (draft.quorum !== undefined) return 'the quorum is said already';
  draft.quorum = name === NONE ? { kind: 'none' } : draft.named.get(name);
  return draft.quorum === undefined ? `no line above defines ${name}` : undefined;
}

function isTaken(draft: Draft, name: string): boolean {
  return name === NONE || draft.named.has(name);
}
