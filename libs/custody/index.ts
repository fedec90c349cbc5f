export { CHAIN_START, CustodyAct, eventBody, isCustodyAct, nextEvent, signedText, type CustodyDraft, type CustodyEvent, type CustodyPerson } from './custody-event.js';
export { firstBadSignature, firstBrokenLink, type BrokenLink, type SigningKeys } from './custody-check.js';
export { CUSTODY_COLUMNS, eventOfRow, valuesOfEvent, type CustodyRow } from './custody-row.js';
export { readSignature, type SignatureParts, type SigningKey } from './detached-signature.js';
export { signingKeys } from './verify-signature.js';
export { objectionTo, recordableActs, type Objection, type SaidAct } from './custody-rules.js';
export { custodyState, type CustodyState, type ExhibitForm, type Holder, type StandingOffer } from './custody-state.js';
export { MOST_PARTS, parseReference, printReference, referenceOfPart, type ExhibitReference } from './exhibit-reference.js';
