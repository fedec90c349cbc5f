import { parseVerifierKey } from '../../libs/note/index.js';
import type { WatchedLog } from '../../libs/witness/index.js';
import { WitnessFault } from './witness-fault.js';

/** What a witness is started with. */
export interface WitnessOptions {
  /** File of the secret key. */
  readonly keyFile: string;
  /** Folder of what the witness remembers. */
  readonly folder: string;
  readonly host: string;
  /** 0 takes a free one, which the first line of the log names. */
  readonly port: number;
  readonly logs: readonly WatchedLog[];
}

/** The same as written on a command line. */
export interface WitnessWords {
  readonly key: string | undefined;
  readonly data: string | undefined;
  readonly host: string | undefined;
  readonly port: string | undefined;
  readonly log: readonly string[];
}

/** The words after `witness` on a command line. */
export const WITNESS_USAGE = '--key FILE --data DIR --port N --log ORIGIN=KEY [--log ...] [--host ADDRESS]';
/** The words after `witness new-key` on a command line. */
export const NEW_KEY_USAGE = '--name NAME --key FILE --data DIR';

/** The value of a word that cannot be left out. @throws WitnessFault naming it. */
export function needed(value: string | undefined, name: string): string {
  if (value === undefined || value === '') throw new WitnessFault(`Say which with --${name}.`, true);
  return value;
}

/** What the words mean. @throws WitnessFault when one is missing or means nothing. */
export function readOptions({ key, data, host, port, log }: WitnessWords): WitnessOptions {
  const number = Number(needed(port, 'port'));
  if (!/^[0-9]{1,5}$/.test(port ?? '') || number > 65_535) throw new WitnessFault(`${port} is no port; say a number from 0 to 65535.`, true);
  if (log.length === 0) throw new WitnessFault('Say which log to watch with --log ORIGIN=KEY.', true);
  const logs = new Map<string, WatchedLog>();
  for (const { origin, keys } of log.map(readLog)) logs.set(origin, { origin, keys: [...(logs.get(origin)?.keys ?? []), ...keys] });
  for (const { origin, keys } of logs.values()) {
    if (new Set(keys.map(({ name, keyId }) => `${name}+${keyId}`)).size < keys.length) {
      throw new WitnessFault(`One key of ${origin} is given twice; give each once.`, true);
    }
  }
  return { keyFile: needed(key, 'key'), folder: needed(data, 'data'), host: host ?? '127.0.0.1', port: number, logs: [...logs.values()] };
}

function readLog(words: string): WatchedLog {
  const split = words.lastIndexOf('=');
  const origin = words.slice(0, Math.max(0, split));
  const verifier = parseVerifierKey(words.slice(split + 1));
  if (origin === '') throw new WitnessFault(`${words} is no log; write ORIGIN=KEY.`, true);
  if (!verifier.ok) throw new WitnessFault(`The key of ${origin} is not one a log signs with. ${verifier.error.message}.`, true);
  return { origin, keys: [verifier.value] };
}
