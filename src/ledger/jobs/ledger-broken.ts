/** The ledger is not what this key has signed. Nothing more is signed until a person has looked. */
export class LedgerBroken extends Error {
  override readonly name = 'LedgerBroken';
}
