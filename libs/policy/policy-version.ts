/**
 * Which rules decided, as every entry of the ledger says it: the day on which the outcome of `decide()` last changed for
 * any verb, role or fact, and how many times it did on that day. `policy-version.spec.ts` fails when a decision changes
 * and this does not.
 */
export const POLICY_VERSION = '2026-12-01.1';
