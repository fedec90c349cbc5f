export { newWitness, runWitness } from './run-witness.js';
export { NEW_KEY_USAGE, WITNESS_USAGE, needed, readOptions } from './options.js';
export { WitnessFault } from './witness-fault.js';
