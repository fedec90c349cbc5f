import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dist } from './folders.mjs';

const file = join(dist, '.prepared.json');

/** Which sources each part of dist/ was built from. */
export function readStamp() {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}

export function writeStamp(stamp) {
  writeFileSync(file, `${JSON.stringify(stamp, null, 2)}\n`);
}
