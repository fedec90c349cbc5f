import type { Config, ConfigFault } from './config.js';
import { EXAMPLE_KEY_FINGERPRINTS, EXAMPLE_SECRETS } from './example-keys.js';
import { fingerprint } from './key-faults.js';
import type { OptionName } from './options.js';
import type { Options } from './read-options.js';

const REQUIRED: readonly OptionName[] = [
  'BASE_URL', 'SMTP_URL', 'MAIL_FROM', 'KEY_PASSPHRASE', 'COOKIE_SECRET', 'LEDGER_SIGNING_KEY', 'LEDGER_ORIGIN', 'SAML_SP_KEY', 'SAML_SP_CERT',
];

/** What only a demonstration may do. Production has no silent fallback: each of these stops the start. */
export function productionFaults(given: Options, config: Config): ConfigFault[] {
  return [
    ...REQUIRED.filter((name) => given[name] === undefined).map((option) => ({ option, message: 'Required in production.' })),
    ...addressFaults(given, config),
    ...publishedKeyFaults(config),
    ...publishedSecretFaults(config),
  ];
}

function addressFaults(given: Options, config: Config): ConfigFault[] {
  const faults: ConfigFault[] = [];
  if (given.BASE_URL !== undefined && !config.baseUrl.startsWith('https:')) {
    faults.push({ option: 'BASE_URL', message: 'Production needs an https address; session cookies are refused on http.' });
  }
  if (config.demo) faults.push({ option: 'CONCORDAT_DEMO', message: 'Production has no demonstration people; set it to off or leave it unset.' });
  if (config.database.appUrl !== '' && sameUser(config.database.appUrl, config.database.ownerUrl)) {
    faults.push({ option: 'DATABASE_APP_URL', message: 'Connect as concordat_app, not as the owner: the owner is above row-level security.' });
  }
  return faults;
}

function sameUser(url: string, other: string | undefined): boolean {
  return other !== undefined && new URL(url).username === new URL(other).username;
}

function publishedKeyFaults(config: Config): ConfigFault[] {
  const keys = { LEDGER_SIGNING_KEY: config.keys.ledgerSigningKey, SAML_SP_KEY: config.keys.samlKey };
  return Object.entries(keys)
    .filter(([, pem]) => EXAMPLE_KEY_FINGERPRINTS.has(fingerprint(pem) ?? ''))
    .map(([option]) => ({ option, message: 'This key is published in keys-example/; make one of your own.' }));
}

function publishedSecretFaults(config: Config): ConfigFault[] {
  const secrets = { KEY_PASSPHRASE: config.keys.passphrase, COOKIE_SECRET: config.keys.cookieSecret };
  const published = new Set<string>(Object.values(EXAMPLE_SECRETS));
  return Object.entries(secrets)
    .filter(([, secret]) => published.has(secret))
    .map(([option]) => ({ option, message: 'This value is published with the source; choose one of your own.' }));
}
