#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { NEW_KEY_USAGE, WITNESS_USAGE, WitnessFault, needed, newWitness, readOptions, runWitness } from './index.js';

const USAGE = `Usage: concordat-witness ${WITNESS_USAGE}\n       concordat-witness new-key ${NEW_KEY_USAGE}`;
const value = { type: 'string' } as const;

async function main(args: readonly string[]): Promise<void> {
  if (args.length === 0 || args.includes('--help')) {
    process.stdout.write(`${USAGE}\n`);
    if (args.length === 0) process.exitCode = 2;
  } else if (args[0] === 'new-key') {
    const { name, key, data } = parse(() => parseArgs({ args: args.slice(1), options: { name: value, key: value, data: value } }).values);
    process.stdout.write(`${await newWitness(needed(name, 'name'), needed(key, 'key'), needed(data, 'data'))}\n`);
  } else {
    const options = { key: value, data: value, host: value, port: value, log: { type: 'string', multiple: true } } as const;
    const { key, data, host, port, log = [] } = parse(() => parseArgs({ args: [...args], options }).values);
    await runWitness(readOptions({ key, data, host, port, log }), (line) => void process.stdout.write(line));
  }
}

/** @throws WitnessFault with the usage when the words are not those there are. */
function parse<Values>(read: () => Values): Values {
  try {
    return read();
  } catch (fault) {
    throw new WitnessFault(`${fault instanceof Error ? fault.message : String(fault)}\n${USAGE}`, true);
  }
}

main(process.argv.slice(2)).catch((fault: unknown) => {
  process.stderr.write(`${fault instanceof WitnessFault ? fault.message : String(fault)}\n`);
  process.exitCode = fault instanceof WitnessFault && fault.isUsage ? 2 : 1;
});
