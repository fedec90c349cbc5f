export { WitnessErrorCode, type WitnessError } from './errors.js';
export { fewestFor, isQuorum, policyOf, type Quorum, type WitnessPolicy } from './policy.js';
export { parsePolicy, type ListedPolicy, type ListedWitness } from './policy-text.js';
export { openWitnessed, verifyWitnessedProof, type WitnessedCheckpoint, type Witnessing } from './witnessed-checkpoint.js';
export { formatAddCheckpoint, type AddCheckpoint } from './add-checkpoint.js';
export { decideAddCheckpoint, type RememberedTree, type WatchedLog, type WitnessDecision } from './decide.js';
export { originHash } from './origin-hash.js';
