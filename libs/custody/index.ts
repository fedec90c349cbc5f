export {
  CHAIN_START,
  CustodyAct,
  firstBrokenLink,
  isCustodyAct,
  nextEvent,
  type BrokenLink,
  type CustodyDraft,
  type CustodyEvent,
} from './custody-chain.js';
export { eventOfRow, type CustodyRow } from './custody-row.js';
export { parseReference, printReference, type ExhibitReference } from './exhibit-reference.js';
