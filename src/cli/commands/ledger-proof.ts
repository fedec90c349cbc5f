import { CliFault, Exit, required, type Command } from '../command.js';
import { readingLedger } from '../ledger-reading.js';

/** `concordat ledger proof`: the proof that one entry is in the ledger, for whoever holds the entry and the public key. */
export const ledgerProof: Command = {
  name: 'ledger proof',
  usage: '--entry INDEX',
  words: 'Prints the verified proof that the entry of this number is in the ledger; exit 1 says why there is none.',
  options: ['entry'],
  positionals: [0, 0],
  async run(context, input) {
    const { proveEntryAt, steadily } = await import('../../ledger/index.js');
    const index = indexOf(required(input, 'entry'));
    return readingLedger(context, async ({ connection, trust }) => {
      const { entryId = null, leafHash, proof, message } = await steadily(connection, () => proveEntryAt(connection, trust, index));
      const isProved = proof !== '';
      const lines = isProved ? [message, `Leaf hash ${leafHash}`, '', proof.trimEnd()] : [message];
      return { exit: isProved ? Exit.Done : Exit.Failed, json: { index, entryId, leafHash, proof, message }, lines };
    });
  },
};

function indexOf(text: string): number {
  const index = Number(text);
  if (/^\d{1,16}$/.test(text) && Number.isSafeInteger(index)) return index;
  throw new CliFault('The number of an entry is a whole number from 0 on.', Exit.Usage);
}
