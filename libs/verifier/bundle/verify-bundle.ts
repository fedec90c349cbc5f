import type { RandomAccess } from '../../archive/index.js';
import { BUNDLE_PATHS, parseRecord, type BundleRecord, type Chain } from '../../bundle/index.js';
import { signingKeys } from '../../custody/index.js';
import { listed, refuted, verdict, type Finding, type Trust, type Verdict } from '../findings.js';
import { checkBag } from './check-bag.js';
import { checkDerived, NEVER_SHOWN } from './check-derived.js';
import { checkExhibit, checkThing, signersOf } from './check-exhibit.js';
import { LedgerCheck } from './check-ledger.js';
import { checkRecord, keyOf } from './check-record.js';
import { textOf } from './held-text.js';
import { readBundle, type BundleRead } from './read-bundle.js';

/** What a verdict on a bundle rests on: without a key that the verifier brought, it says only that the bundle agrees with itself. */
export interface BundleVerdict extends Verdict {
  readonly isTrusted: boolean;
}

/** Whom the verifier trusts; a bundle can be looked at without. */
export interface BundleTrust {
  readonly key?: Trust['key'] | undefined;
  readonly policy?: Trust['policy'];
}

const KEYS = 'keys/openpgp/';

/**
 * Checks a bundle (attacker-controlled) in one pass, whatever its size, and says of each thing whether it is proven, does not hold, or
 * cannot be shown. Trusts nothing in it: keys found inside prove only that the bundle agrees with itself, and that is said.
 *
 * @param progress - is told of each piece that was read
 */
export async function verifyBundle(file: RandomAccess, trust: BundleTrust = {}, progress: (octets: number) => void = () => undefined): Promise<BundleVerdict> {
  const isTrusted = trust.key !== undefined;
  const read = await readBundle(file, progress);
  const wrong = read.faults.map((fault) => refuted({ code: `file-${fault.code}`, message: fault.message }));
  if (!read.isWhole) return { ...verdict(listed(wrong)), isTrusted };
  const record = parseRecord(textOf(read, BUNDLE_PATHS.record) ?? '');
  const bag = checkBag(read, record.ok ? record.value : undefined);
  const believed = keyOf(read, trust.key);
  const findings: Finding[] = [...listed(wrong), ...listed(bag), ...believed.findings];
  if (!record.ok) findings.push(refuted({ code: 'record', message: record.error }));
  else if (believed.key !== undefined) findings.push(...checkInside(read, record.value, { ...trust, key: believed.key }));
  return { ...verdict([...findings, ...NEVER_SHOWN]), isTrusted };
}

function checkInside(read: BundleRead, record: BundleRecord, trust: Trust): readonly Finding[] {
  const keys = signingKeys([...read.held].filter(([path]) => path.startsWith(KEYS)).map(([, key]) => key));
  const ledger = new LedgerCheck(read, trust);
  const checked = [
    ...record.exhibits.map((exhibit) => ({ exhibit, ...checkExhibit(read, exhibit, keys) })),
    ...record.things.map((thing) => ({ exhibit: thing, ...checkThing(read, thing, keys) })),
  ];
  const recorded = checked.flatMap(({ exhibit, chain, findings }) => [...findings, ...(chain === undefined ? [] : ledger.exhibit(exhibit, chain))]);
  const chains = checked.map(({ chain }) => chain);
  const derived = chains.every((chain): chain is Chain => chain !== undefined) ? checkDerived(read, record, chains) : [];
  return [...listed(checkRecord(read, record, trust.key)), ...listed(recorded), ...ledger.witnesses(), ...derived, ...signersOf(record, chains)];
}
