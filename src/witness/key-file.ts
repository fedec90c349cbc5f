import { randomBytes } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { must } from '../../libs/kernel/index.js';
import { formatCosignerKey, parseCosignerKey, type Cosigner } from '../../libs/note/index.js';
import { createFile } from './durable-file.js';
import { WitnessFault, codeOf } from './witness-fault.js';

/** Makes a key named `name` in `file`, for its owner's eyes only. @throws WitnessFault when it cannot be made or there is one. */
export async function makeKeyFile(file: string, name: string): Promise<Cosigner> {
  const text = formatCosignerKey(name, randomBytes(32));
  const cosigner = parseCosignerKey(text);
  if (!cosigner.ok) throw new WitnessFault('A witness is named like an address without a scheme, agency.example/witness: no spaces, no plus sign.', true);
  try {
    await createFile(file, `${text}\n`, 0o600);
  } catch (fault) {
    if (codeOf(fault) === 'EEXIST') throw new WitnessFault(`There is a file ${file} already; a key is never written over. Name another file.`);
    throw new WitnessFault(`The key cannot be written to ${file} (${codeOf(fault) ?? 'unknown fault'}).`);
  }
  return must(cosigner);
}

/** Reads a key that `makeKeyFile` made. @throws WitnessFault when others may read it, or it is no such key. */
export async function readKeyFile(file: string): Promise<Cosigner> {
  let text: string;
  try {
    if (((await stat(file)).mode & 0o077) !== 0) {
      throw new WitnessFault(`Others than its owner may read ${file}; run chmod 600 on it, and make a new key if somebody did.`);
    }
    text = await readFile(file, 'utf8');
  } catch (fault) {
    if (fault instanceof WitnessFault) throw fault;
    throw new WitnessFault(`The key file ${file} cannot be read (${codeOf(fault) ?? 'unknown fault'}); make one with new-key.`);
  }
  const cosigner = parseCosignerKey(text.trimEnd());
  if (!cosigner.ok) throw new WitnessFault(`The file ${file} holds no key of a witness; make one with new-key.`);
  return cosigner.value;
}
