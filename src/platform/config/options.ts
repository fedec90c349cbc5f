/** What one option of the environment means to the person who sets it. docs/operations.md carries this same table. */
export interface OptionWords {
  readonly words: string;
  /** The value used when nothing is set, in words; absent when the option has none. */
  readonly otherwise?: string;
  /** A secret is never printed, and may be given as a file: `NAME_FILE` holds the path. */
  readonly secret?: true;
}

/** Every option there is. Reading one that is not listed here is impossible: `readOptions` knows only these names. */
export const OPTIONS = {
  CONCORDAT_MODE: {
    words: '`demo` or `production`. Production refuses demonstration keys, known secrets and http addresses.',
    otherwise: '`production` when NODE_ENV is production, else `demo`',
  },
  HOST: { words: 'Address to listen on. In demo mode one of this machine only.', otherwise: '127.0.0.1' },
  PORT: { words: 'Port of the portal. The demonstration also uses PORT+11 to PORT+16 and PORT+20 to PORT+25.', otherwise: '8080' },
  BASE_URL: { words: 'Address people reach the portal at, without a path. https in production.', otherwise: 'http://localhost:PORT' },
  CONCORDAT_DATA: { words: 'Folder for everything kept outside the database.', otherwise: '`.concordat` in the checkout' },
  CONCORDAT_DEMO: {
    words: '`on` seeds the demonstration borough and starts the sandbox servers; `off` does neither.',
    otherwise: 'on in demo mode, off in production',
  },
  DATABASE_URL: {
    words: 'PostgreSQL 15 or newer, as the role that owns the database; for migrations only. Unset: an embedded PostgreSQL.',
    secret: true,
  },
  DATABASE_APP_URL: { words: 'The same database as role concordat_app; the API connects with it.', secret: true },
  DATABASE_WORKER_URL: { words: 'The same database as role concordat_worker; the worker connects with it.', secret: true },
  REDIS_URL: { words: 'Redis for the queue (noeviction, append-only file on). Unset: the queue is in PostgreSQL.', secret: true },
  SMTP_URL: {
    words: 'Mail server, smtp:// or smtps://. Required in production.',
    otherwise: 'the sandbox mail server at PORT+20',
    secret: true,
  },
  MAIL_FROM: {
    words: 'Sender of every message. Required in production.',
    otherwise: 'Concordat <no-reply@concordat.example>',
  },
  SESSION_IDLE_SECONDS: { words: 'A session unused this long ends.', otherwise: '1800' },
  SESSION_ABSOLUTE_SECONDS: { words: 'No session lives longer than this.', otherwise: '36000' },
  EXPORT_IDLE_SECONDS: { words: 'An export of the ledger whose reader takes nothing for this long is broken off.', otherwise: '60' },
  PURPOSE_REQUIRED_FROM: {
    words: 'From which marking on a reader states a purpose before items of an investigation are shown, once in a session: `official`, `official-sensitive` or `none`.',
    otherwise: 'official-sensitive',
  },
  UPLOAD_LIMIT_BYTES: { words: 'Largest exhibit, in bytes.', otherwise: '10737418240 (10 GiB)' },
  UPLOAD_QUOTA_BYTES: { words: 'Bytes that one agency may keep in one investigation, uploads under way included; what was disposed of does not count.', otherwise: '1099511627776 (1 TiB)' },
  UPLOAD_QUOTA_FILES: { words: 'Files that one agency may keep in one investigation, counted in the same way.', otherwise: '10000' },
  S3_BUCKET: { words: 'Bucket, of its own and without versions, that sealed exhibits are kept in. Unset: as files in CONCORDAT_DATA.' },
  S3_ENDPOINT: { words: 'Address of a store of objects that speaks S3. https in production.', otherwise: 'Amazon’s own, of the region' },
  S3_REGION: { words: 'Region of the bucket.', otherwise: 'us-east-1' },
  S3_PATH_STYLE: { words: '`on` names the bucket in the path of an address, `off` in the host.', otherwise: 'on with S3_ENDPOINT, else off' },
  S3_ACCESS_KEY_ID: {
    words: 'Key that may list, read, write and delete in the bucket. Unset: what this machine is given by its surroundings (role, `AWS_*`).',
    secret: true,
  },
  S3_SECRET_ACCESS_KEY: { words: 'The secret of S3_ACCESS_KEY_ID.', secret: true },
  S3_TIMEOUT_SECONDS: { words: 'How long one request to the bucket may take before it is made again, four times in all.', otherwise: '30' },
  CLAMD_ADDRESS: { words: 'Where clamd listens: `tcp://host:port`, or the path of its socket. It is sent every exhibit as it is. Unset: exhibits are not scanned for malware.' },
  CLAMD_UNSCANNED: { words: '`sealed` or `open`: what exhibits are that were not scanned yet, or could not be. What was found infected is always kept sealed.', otherwise: 'sealed' },
  CLAMD_STREAM_MAX_BYTES: { words: 'StreamMaxLength of clamd, in bytes. A longer exhibit is not sent to it, and counts as one that could not be scanned.', otherwise: '26214400 (25 MiB)' },
  CLAMD_RESCAN_DAYS: { words: 'How many days after its last scan an exhibit that was found clean, or could not be scanned, is scanned again with newer signatures; 0 scans none again.', otherwise: '30' },
  CLAMD_TIMEOUT_SECONDS: { words: 'How long clamd may take to answer once it has an exhibit.', otherwise: '180' },
  SCRUB_BYTES_PER_SECOND: { words: 'How fast sealed exhibits are read again to prove them whole, in bytes; 0 reads none but those an auditor asks for, at the default.', otherwise: '8388608 (8 MiB)' },
  SCRUB_INTERVAL_SECONDS: { words: 'How long after it was last read a sealed exhibit is read again.', otherwise: '2592000 (30 days)' },
  KEY_PASSPHRASE: {
    words: 'Unlocks the agency OpenPGP keys the portal holds; at least 16 characters. Required in production.',
    otherwise: 'a demonstration value',
    secret: true,
  },
  LEDGER_SIGNING_KEY: {
    words: 'Ed25519 private key (PKCS8 PEM) that signs the checkpoints of the ledger. Required in production.',
    otherwise: 'keys-example/ledger.key.pem',
    secret: true,
  },
  LEDGER_ORIGIN: {
    words: 'Name of this ledger in its checkpoints (C2SP origin, no scheme). Never change it. Required in production.',
    otherwise: 'demonstration.concordat.example/ledger',
  },
  LEDGER_KEEP_MONTHS: {
    words: 'For how many whole months every entry of the ledger is kept; older ones may be dropped by `concordat ledger retire`, which nothing does by itself.',
    otherwise: 'for ever',
  },
  LEDGER_WITNESS_POLICY: {
    words: 'Which witnesses cosign the ledger and how many must (C2SP tlog-policy, with an address for each). Unset: nobody outside vouches for the ledger, and auditors are told so.',
    secret: true,
  },
  LEDGER_WITNESS_BUDGET_SECONDS: {
    words: 'How long entries may go without enough cosignatures before acts that write are refused.',
    otherwise: '14400 (4 hours)',
  },
  TIMESTAMP_AUTHORITY_URL: {
    words: 'Where checkpoints of the ledger are dated (RFC 3161 over http or https). Needs TIMESTAMP_TRUSTED_CERTIFICATES. Unset: nobody is asked, and auditors are told so.',
    otherwise: 'in a demonstration the sandbox authority at PORT+25',
  },
  TIMESTAMP_TRUSTED_CERTIFICATES: {
    words: 'Certificates (PEM) that the chain of every timestamp must end in. Keep it as long as its timestamps are to be checked.',
    secret: true,
  },
  TIMESTAMP_POLICY: { words: 'Policy (object identifier) that timestamps are asked for and must have.', otherwise: 'the authority’s own' },
  TIMESTAMP_INTERVAL_SECONDS: { words: 'How long entries may go before a checkpoint with them is to be dated.', otherwise: '3600 (1 hour)' },
  SAML_SP_KEY: {
    words: 'RSA private key (PKCS8 PEM) with which the portal signs SAML requests. Required in production.',
    otherwise: 'keys-example/saml-sp.key.pem',
    secret: true,
  },
  SAML_SP_CERT: {
    words: 'The certificate (PEM) of SAML_SP_KEY. Required in production.',
    otherwise: 'keys-example/saml-sp.cert.pem',
    secret: true,
  },
  COOKIE_SECRET: {
    words: 'Key of the form tokens and cursors; at least 32 characters. Required in production.',
    otherwise: 'a demonstration value',
    secret: true,
  },
  LOG_LEVEL: { words: '`debug`, `info`, `warn`, `error` or `silent`.', otherwise: 'info' },
  RATE_LIMIT_PER_MINUTE: { words: 'Requests one session, or one address without a session, may make in a minute.', otherwise: '600' },
  TRUSTED_PROXY: {
    words: 'Addresses (or address/prefix), comma-separated, of the proxies whose `X-Forwarded-For` is believed; rates per address count its clients.',
  },
  METRICS_TOKEN: {
    words: 'Bearer token for /metrics; at least 16 characters. Unset: only this machine itself may read them.',
    secret: true,
  },
  LEDGER_MONITOR_TOKEN: {
    words: 'Bearer token for /ledger/checkpoint and /ledger/tile/..., for monitors of the ledger; at least 16 characters. Unset: only signed-in auditors may read them.',
    secret: true,
  },
  TRUSTED_DOCUMENTS_ONLY: {
    words: '`on` answers registered GraphQL documents only.',
    otherwise: 'on in production, off in demo mode',
  },
} as const satisfies Record<string, OptionWords>;

export type OptionName = keyof typeof OPTIONS;

/** Whether the option may be given as a file. */
export function isSecret(name: OptionName): boolean {
  const option: OptionWords = OPTIONS[name];
  return option.secret === true;
}

/** The option table as Markdown, one row per option. */
export function optionTable(): string {
  const rows = Object.entries<OptionWords>(OPTIONS).map(
    ([name, { words, otherwise, secret }]) =>
      `| \`${name}\` | ${words} | ${otherwise ?? 'none'} | ${secret === true ? `\`${name}_FILE\`` : ''} |`,
  );
  return ['| option | meaning | when unset | as a file |', '|---|---|---|---|', ...rows].join('\n');
}
