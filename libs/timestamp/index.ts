export { TimestampErrorCode, type TimestampError } from './errors.js';
export { makeTimestampRequest, positiveNonce, type TimestampWanted } from './request.js';
export { readTimestampResponse } from './response.js';
export { readTrustAnchors, type TrustAnchors } from './chain.js';
export { verifyTimestamp, type FreshlyAsked, type Timestamp, type TimestampTrust } from './verify.js';
export { signedAttributeBytes, signingCertificateV2 } from './attributes.js';
