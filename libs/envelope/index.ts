export { BodySealer, resumePoint, STORED_CHUNK_BYTES, type ResumePoint, type SealedFacts } from './body-sealer.js';
export { CHUNK_BYTES, HEADER_BYTES } from './chunk-cipher.js';
export { EnvelopeFault, EnvelopeFaultCode } from './envelope-fault.js';
export { messageOf } from './message.js';
export { openBody, openMessage } from './message-opener.js';
export { outsideMessage } from './outside-message.js';
export { readRecipientKey, type RecipientKey } from './recipient-key.js';
export { newKeyPair, newSessionKey, OpenedKey, sessionKeyPacket, type LockedKeyPair } from './session-key.js';
export { rehash, StoredBody, type BodySource } from './stored-body.js';
