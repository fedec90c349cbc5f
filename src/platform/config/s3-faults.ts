import type { Config, ConfigFault } from './config.js';
import type { Options } from './read-options.js';

/** Octets of the largest body that a store of objects can put together: 10,000 parts of 8 MiB, with room for what sealing adds. */
const MOST_BYTES = 78 * 1024 ** 3;

const WITH_BUCKET = ['S3_ENDPOINT', 'S3_REGION', 'S3_PATH_STYLE', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY', 'S3_TIMEOUT_SECONDS'] as const;

/** What is wrong with where sealed exhibits are kept. */
export function s3Faults(given: Options, { mode, s3, upload }: Config): ConfigFault[] {
  if (!s3) return WITH_BUCKET.filter((option) => given[option] !== undefined).map((option) => ({ option, message: 'It means nothing without S3_BUCKET: exhibits are kept in CONCORDAT_DATA.' }));
  const faults: ConfigFault[] = [];
  if (s3.endpoint !== undefined && !isBare(s3.endpoint)) faults.push({ option: 'S3_ENDPOINT', message: 'Give scheme, host and port only, for example https://objects.example.gov.' });
  if (mode === 'production' && s3.endpoint?.startsWith('http:') === true) faults.push({ option: 'S3_ENDPOINT', message: 'Production needs an https address.' });
  if ((given.S3_ACCESS_KEY_ID === undefined) !== (given.S3_SECRET_ACCESS_KEY === undefined)) {
    faults.push({ option: 'S3_SECRET_ACCESS_KEY', message: 'Set S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY together, or neither.' });
  }
  if (upload.limitBytes > MOST_BYTES) faults.push({ option: 'UPLOAD_LIMIT_BYTES', message: `In a bucket an exhibit has up to ${MOST_BYTES} bytes (78 GiB).` });
  return faults;
}

function isBare(address: string): boolean {
  const { pathname, search, hash, username, password } = new URL(address);
  return pathname === '/' && [search, hash, username, password].every((part) => part === '');
}
