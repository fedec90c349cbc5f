import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './config.js';
import { EXAMPLE_SECRETS } from './example-keys.js';
import { projectFolder } from './project-folder.js';

/** The published material of keys-example/, for demo mode only. */
export function exampleKeys(): Pick<Config['keys'], 'passphrase' | 'ledgerSigningKey' | 'samlKey' | 'samlCertificate' | 'cookieSecret'> {
  const read = (name: string) => readFileSync(join(projectFolder(), 'keys-example', name), 'utf8').trimEnd();
  return {
    passphrase: EXAMPLE_SECRETS.passphrase,
    cookieSecret: EXAMPLE_SECRETS.cookieSecret,
    ledgerSigningKey: read('ledger.key.pem'),
    samlKey: read('saml-sp.key.pem'),
    samlCertificate: read('saml-sp.cert.pem'),
  };
}
