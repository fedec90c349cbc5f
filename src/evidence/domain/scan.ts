import { refusal, RefusalCode, type Refusal } from '../../../libs/kernel/index.js';

/** What looking for malware in an exhibit came to. `locked`: only agencies that hold their own keys could look. */
export type ScanState = 'clean' | 'infected' | 'unscannable' | 'locked';

export interface Scan {
  readonly state: ScanState;
  /** Of what was found, its name; of what could not be scanned, why. */
  readonly code: string;
}

/** What becomes of exhibits that are not known to be clean: `sealed` until they are, or `open` with a word about it. Undefined: nothing is scanned here. */
export type UnscannedRule = 'sealed' | 'open' | undefined;

/**
 * Why an exhibit is not opened for anybody but a reviewer, or undefined where it is. What was found to be infected stays so, whether
 * anything is scanned here any more or not.
 */
export function keptSealed(scan: Scan | undefined, rule: UnscannedRule): Refusal | undefined {
  if (scan?.state === 'infected') return INFECTED;
  if (rule !== 'sealed' || scan?.state === 'clean' || scan?.state === 'locked') return undefined;
  return scan ? UNSCANNABLE : NOT_SCANNED;
}

/** Malware was found in it. Also what nobody may be given any more. */
export const INFECTED = refusal(
  RefusalCode.Unavailable,
  'Malware was found in this exhibit. It is kept sealed, and only a service manager of the agency it is from can open it, to review it.',
);
const NOT_SCANNED = refusal(RefusalCode.Unavailable, 'This exhibit has not been scanned for malware yet. It is kept sealed until it has; try again in a few minutes.');
const UNSCANNABLE = refusal(
  RefusalCode.Unavailable,
  'This exhibit could not be scanned for malware, so it is kept sealed. A service manager of the agency it is from can open it, to review it.',
);
/** There is nothing to review about an exhibit that everybody may open. */
export const NOTHING_TO_REVIEW = refusal(RefusalCode.Conflict, 'This exhibit is not kept sealed. Open it from its page.');

/** How the ledger says why an exhibit is kept sealed; undefined for other reasons. */
export function sealedReason(refused: Refusal): string | undefined {
  if (refused === INFECTED) return 'malware-found';
  if (refused === NOT_SCANNED) return 'not-scanned';
  if (refused === NOTHING_TO_REVIEW) return 'nothing-to-review';
  return refused === UNSCANNABLE ? 'not-scannable' : undefined;
}
