import { randomBytes } from 'node:crypto';
import { spokenCode } from '../../../libs/kernel/index.js';

const LENGTH = 8;

/** What people call an alert on the telephone, for example `AL-7K2M-QX4D`: 40 random bits. */
export function newAlertReference(bytes: Uint8Array = randomBytes(LENGTH)): string {
  const letters = spokenCode(bytes.subarray(0, LENGTH));
  return `AL-${letters.slice(0, 4)}-${letters.slice(4)}`;
}
