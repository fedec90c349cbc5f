import { Exit, type Command } from '../command.js';

/** `concordat ledger key`: the ledger's public key, for witnesses, policies and whoever checks a proof. */
export const ledgerKeyCommand: Command = {
  name: 'ledger key',
  usage: '',
  words: 'Prints the public key of the ledger as witnesses and policies take it. It is no secret; compare it by telephone.',
  options: [],
  positionals: [0, 0],
  async run(context) {
    const { ledgerKey } = await import('../../ledger/index.js');
    const { keys } = context.config();
    const { origin, verifierKey } = ledgerKey(keys.ledgerSigningKey, keys.ledgerOrigin);
    return { exit: Exit.Done, json: { origin, verifierKey }, lines: [verifierKey] };
  },
};
