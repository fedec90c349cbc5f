import { CliFault, Exit, required, type Command, type Outcome } from '../command.js';
import type { Continuity } from '../../ledger/index.js';
import { readingLedger } from '../ledger-reading.js';
import { readNamedFile } from '../read-file.js';

/** `concordat ledger prove`: proves that the ledger of now contains everything the one somebody kept a checkpoint of did. */
export const ledgerProve: Command = {
  name: 'ledger prove',
  usage: '--from SIZE|CHECKPOINT-FILE',
  words: 'Prints the signed checkpoint of now with the verified proof that it continues the earlier one; exit 1 says that it does not. A file called like a number is ./NUMBER.',
  options: ['from'],
  positionals: [0, 0],
  async run(context, input) {
    const { proveContinuity, readEarlierTree, steadily } = await import('../../ledger/index.js');
    const from = required(input, 'from');
    const given = /^\d+$/.test(from) ? from : readNamedFile(from);
    return readingLedger(context, async ({ connection, trust }) => {
      const earlier = readEarlierTree(given, trust);
      if (!earlier.ok) throw new CliFault(earlier.error.message, Exit.Usage);
      return outcomeOf(await steadily(connection, () => proveContinuity(connection, trust, earlier.value)));
    });
  },
};

function outcomeOf({ holds, code, message, from, size, checkpoint, proof }: Continuity): Outcome {
  const lines = holds ? [message, '', proof.trimEnd()] : [`NOT proved (${code ?? ''}): ${message}`];
  return { exit: holds ? Exit.Done : Exit.Failed, json: { holds, code: code ?? null, message, from, size, checkpoint, proof }, lines };
}
