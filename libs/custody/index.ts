export { CHAIN_START, CustodyAct, eventBody, isCustodyAct, nextEvent, signedText, type CustodyDraft, type CustodyEvent, type CustodyPerson } from './custody-event.js';
export { firstBadSignature, firstBrokenLink, type BrokenLink, type SigningKeys } from './custody-check.js';
export { CUSTODY_COLUMNS, eventOfRow, valuesOfEvent, type CustodyRow } from './custody-row.js';
export { readSignature, readSigningKey, type SignatureParts, type SigningKey } from './detached-signature.js';
export { signingKeys, verifySignature } from './verify-signature.js';
export { parseReference, printReference, type ExhibitReference } from './exhibit-reference.js';
