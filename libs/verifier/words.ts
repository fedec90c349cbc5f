import type { Finding, Verdict } from './findings.js';

const WORDS: Readonly<Record<Finding['state'], string>> = { proven: 'PROVEN     ', refuted: 'NOT PROVEN ', open: 'not asked  ' };

/** What was found, a line each: the same wherever something is checked. */
export function linesOf({ findings }: Verdict): readonly string[] {
  return findings.map(({ state, message }) => `${WORDS[state]}${message}`);
}

/** What it comes to. Without a key that the verifier brought, a bundle that holds shows only that it agrees with itself. */
export function conclusionOf({ holds, isTrusted = true }: Verdict & { readonly isTrusted?: boolean }): string {
  if (!holds) return 'This does NOT hold.';
  return isTrusted ? 'Everything that was asked is proven.' : 'The bundle agrees with itself. Whose it is was NOT checked: give the key of the ledger.';
}
