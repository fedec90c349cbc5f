import { createPrivateKey, type KeyObject } from 'node:crypto';
import { ed25519PublicBytes } from '../../../libs/note/index.js';
import { parsePolicy, type ListedWitness } from '../../../libs/witness/index.js';
import type { Config, ConfigFault } from './config.js';

const OPTION = 'LEDGER_WITNESS_POLICY';

/** What is wrong with the policy of witnesses: its text, the log it is for, and where its witnesses are asked. */
export function witnessFaults({ witnesses: { policy }, keys }: Config): ConfigFault[] {
  if (policy === undefined) return [];
  const read = parsePolicy(policy);
  if (!read.ok) return [{ option: OPTION, message: `${read.error.message}.` }];
  const { logs, listed } = read.value;
  const own = publicKeyOf(keys.ledgerSigningKey);
  const isOurs = logs.some(({ name, publicKey }) => name === keys.ledgerOrigin && own !== undefined && Buffer.from(publicKey).equals(own));
  return [
    // A key that is no key has its own fault.
    ...(isOurs || own === undefined ? [] : [{ option: OPTION, message: 'None of its log lines is this ledger: give LEDGER_ORIGIN with the public half of LEDGER_SIGNING_KEY.' }]),
    ...listed.filter((witness) => !hasAddress(witness)).map(({ name }) => ({ option: OPTION, message: `Witness ${name} needs an http or https address without user name, query or fragment.` })),
  ];
}

function hasAddress({ url }: ListedWitness): boolean {
  if (url === undefined || !URL.canParse(url)) return false;
  const { protocol, username, password, search, hash } = new URL(url);
  return ['http:', 'https:'].includes(protocol) && [username, password, search, hash].every((part) => part === '');
}

function publicKeyOf(pem: string): Buffer | undefined {
  const key = keyOf(pem);
  return key?.asymmetricKeyType === 'ed25519' ? Buffer.from(ed25519PublicBytes(key)) : undefined;
}

function keyOf(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
}
