import { NEW_KEY_USAGE, WITNESS_USAGE, WitnessFault, needed, newWitness, readOptions, runWitness } from '../../witness/index.js';
import { CliFault, Exit, type Command } from '../command.js';

/** `concordat witness new-key`: makes the key and the empty memory of a witness. */
export const witnessNewKey: Command = {
  name: 'witness new-key',
  usage: NEW_KEY_USAGE,
  words: "Makes a witness's key and the folder it will remember in; prints the public key to give to whoever relies on it.",
  options: ['name', 'key', 'data'],
  positionals: [0, 0],
  run: (_, { options: { name, key, data } }) =>
    shown(async () => {
      const publicKey = await newWitness(needed(name, 'name'), needed(key, 'key'), needed(data, 'data'));
      return { exit: Exit.Done, json: { publicKey }, lines: [publicKey] };
    }),
};

/** `concordat witness`: runs a witness until it is stopped. The same as `concordat-witness`, which needs nothing else of this product. */
export const witness: Command = {
  name: 'witness',
  usage: WITNESS_USAGE,
  words: 'Runs a witness of one or more logs until it is stopped; its log goes to standard error.',
  options: ['key', 'data', 'port', 'host'],
  repeatable: ['log'],
  positionals: [0, 0],
  run: (_, { options: { key, data, port, host }, lists: { log = [] } }) =>
    shown(async () => {
      await runWitness(readOptions({ key, data, port, host, log }), (line) => void process.stderr.write(line));
      return { exit: Exit.Done, json: { stopped: true }, lines: ['The witness has stopped.'] };
    }),
};

/** Shows a fault of the witness as one of the command line. */
async function shown<Value>(act: () => Promise<Value>): Promise<Value> {
  try {
    return await act();
  } catch (fault) {
    if (fault instanceof WitnessFault) throw new CliFault(fault.message, fault.isUsage ? Exit.Usage : Exit.Failed);
    throw fault;
  }
}
