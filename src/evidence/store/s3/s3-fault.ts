import { BlobsAway } from '../../domain/blobs-away.js';
import { BlobMissing } from '../blob-store.js';

/** What the library throws: an answer that was no success, or what became of the connection. */
interface Thrown {
  readonly name?: string;
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

export function hasStatus(fault: unknown, status: number): boolean {
  return thrown(fault).$metadata?.httpStatusCode === status;
}

export function isNamed(fault: unknown, ...names: readonly string[]): boolean {
  return names.includes(thrown(fault).name ?? '');
}

/** The fault as the product knows it. The library's own message may carry what was signed, and goes nowhere. */
export function awayOf(fault: unknown): Error {
  if (fault instanceof BlobsAway || fault instanceof BlobMissing) return fault;
  const { name, code, $metadata } = thrown(fault);
  const status = $metadata?.httpStatusCode ?? 0;
  const cause = code ?? name ?? 'unknown';
  return new BlobsAway(status >= 300 ? `it answered ${status} (${cause}).` : `it did not answer (${cause}).`, status === 507 || cause === 'QuotaExceeded');
}

/** Why the bucket cannot be used, for whoever configured it. */
export function faultInWords(fault: unknown, { bucket, endpoint }: { readonly bucket: string; readonly endpoint: string | undefined }): { readonly option: string; readonly message: string } {
  const where = endpoint ?? 'Amazon';
  if (hasStatus(fault, 404)) return { option: 'S3_BUCKET', message: `There is no bucket ${bucket} at ${where}. Make it, or correct the name.` };
  if (hasStatus(fault, 301) || hasStatus(fault, 400)) return { option: 'S3_REGION', message: `The bucket ${bucket} at ${where} is in another region. Say in which.` };
  if (hasStatus(fault, 401) || hasStatus(fault, 403)) return { option: 'S3_ACCESS_KEY_ID', message: `The bucket ${bucket} does not let this key in. It must be allowed to list, read, write and delete there.` };
  if (isNamed(fault, 'CredentialsProviderError')) return { option: 'S3_ACCESS_KEY_ID', message: 'There are no credentials: set them, or give this machine a role that has them.' };
  return { option: 'S3_ENDPOINT', message: `No store of objects answers as it should at ${where}. ${awayOf(fault).message}` };
}

function thrown(fault: unknown): Thrown {
  return typeof fault === 'object' && fault !== null ? fault : {};
}
