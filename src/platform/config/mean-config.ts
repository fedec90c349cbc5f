import { resolve } from 'node:path';
import type { Config, ConfigFault, Mode } from './config.js';
import { exampleKeys } from './example-material.js';
import { keyFaults } from './key-faults.js';
import { productionFaults } from './production-faults.js';
import { projectFolder } from './project-folder.js';
import type { Options } from './read-options.js';
import { s3Faults } from './s3-faults.js';
import { timestampFaults } from './timestamp-faults.js';
import { witnessFaults } from './witness-faults.js';

/** Offsets from PORT of what the demonstration starts beside the portal. */
export const SANDBOX_PORTS = { firstIdp: 11, lastIdp: 16, smtp: 20, mailbox: 21, firstWitness: 22, lastWitness: 24, timestamps: 25 } as const;

/** Addresses that only this machine itself reaches. */
const LOOPBACK = /^(127(\.\d{1,3}){3}|::1|localhost)$/;

const TEN_GIB = 10 * 1024 ** 3;

/**
 * Step two of configuring: what the options mean together, with defaults, cross-checks and what production refuses.
 *
 * @param given - what was read; options that could not be read are absent from it and already have a fault.
 */
export function meanConfig(given: Options, nodeEnv: string | undefined): { config: Config; faults: readonly ConfigFault[] } {
  const mode: Mode = given.CONCORDAT_MODE ?? (nodeEnv === 'production' ? 'production' : 'demo');
  const config = complete(given, mode);
  const faults = [...crossFaults(given, config), ...keyFaults(config), ...witnessFaults(config), ...timestampFaults(config), ...s3Faults(given, config), ...(mode === 'production' ? productionFaults(given, config) : [])];
  return { config, faults };
}

function complete(given: Options, mode: Mode): Config {
  const port = given.PORT ?? 8080;
  const production = mode === 'production';
  return {
    mode,
    host: given.HOST ?? '127.0.0.1',
    port,
    baseUrl: (given.BASE_URL ?? `http://localhost:${port}`).replace(/\/+$/, ''),
    dataFolder: resolve(projectFolder(), given.CONCORDAT_DATA ?? '.concordat'),
    demo: given.CONCORDAT_DEMO ?? !production,
    database: database(given),
    ...(given.REDIS_URL === undefined ? {} : { redisUrl: given.REDIS_URL }),
    smtp: {
      url: given.SMTP_URL ?? (production ? '' : `smtp://127.0.0.1:${port + SANDBOX_PORTS.smtp}`),
      from: given.MAIL_FROM ?? 'Concordat <no-reply@concordat.example>',
    },
    session: { idleSeconds: given.SESSION_IDLE_SECONDS ?? 1800, absoluteSeconds: given.SESSION_ABSOLUTE_SECONDS ?? 36_000 },
    export: { idleSeconds: given.EXPORT_IDLE_SECONDS ?? 60 },
    purposeFrom: given.PURPOSE_REQUIRED_FROM ?? 'official-sensitive',
    scrub: { bytesPerSecond: given.SCRUB_BYTES_PER_SECOND ?? 8_388_608, intervalSeconds: given.SCRUB_INTERVAL_SECONDS ?? 2_592_000 },
    upload: { limitBytes: given.UPLOAD_LIMIT_BYTES ?? TEN_GIB, quotaBytes: given.UPLOAD_QUOTA_BYTES ?? 1024 ** 4, quotaFiles: given.UPLOAD_QUOTA_FILES ?? 10_000 },
    s3: s3(given),
    clamd: clamd(given),
    keys: keys(given, production),
    ledger: { keepMonths: given.LEDGER_KEEP_MONTHS },
    witnesses: {
      // A value loses its last line end on the way here, and a policy ends in one.
      policy: given.LEDGER_WITNESS_POLICY === undefined ? undefined : `${given.LEDGER_WITNESS_POLICY.trimEnd()}\n`,
      budgetSeconds: given.LEDGER_WITNESS_BUDGET_SECONDS ?? 14_400,
    },
    timestamps: {
      authorityUrl: given.TIMESTAMP_AUTHORITY_URL,
      trustedCertificates: given.TIMESTAMP_TRUSTED_CERTIFICATES,
      policy: given.TIMESTAMP_POLICY,
      intervalSeconds: given.TIMESTAMP_INTERVAL_SECONDS ?? 3600,
    },
    log: { level: given.LOG_LEVEL ?? 'info' },
    rateLimitPerMinute: given.RATE_LIMIT_PER_MINUTE ?? 600,
    trustedProxies: given.TRUSTED_PROXY ?? [],
    ...(given.METRICS_TOKEN === undefined ? {} : { metricsToken: given.METRICS_TOKEN }),
    ...(given.LEDGER_MONITOR_TOKEN === undefined ? {} : { ledgerMonitorToken: given.LEDGER_MONITOR_TOKEN }),
    trustedDocumentsOnly: given.TRUSTED_DOCUMENTS_ONLY ?? production,
  };
}

function database(given: Options): Config['database'] {
  return {
    ...(given.DATABASE_URL === undefined ? {} : { ownerUrl: given.DATABASE_URL }),
    appUrl: given.DATABASE_APP_URL ?? '',
    workerUrl: given.DATABASE_WORKER_URL ?? '',
  };
}

function clamd({ CLAMD_ADDRESS: address, CLAMD_STREAM_MAX_BYTES: most, CLAMD_TIMEOUT_SECONDS: seconds, CLAMD_UNSCANNED: unscanned, CLAMD_RESCAN_DAYS: days }: Options): Config['clamd'] {
  if (address === undefined) return undefined;
  return { address, mostBytes: most ?? 26_214_400, timeoutMs: (seconds ?? 180) * 1000, unscanned: unscanned ?? 'sealed', rescanDays: days ?? 30 };
}

function s3(given: Options): Config['s3'] {
  if (given.S3_BUCKET === undefined) return undefined;
  return {
    bucket: given.S3_BUCKET,
    endpoint: given.S3_ENDPOINT,
    region: given.S3_REGION ?? 'us-east-1',
    pathStyle: given.S3_PATH_STYLE ?? given.S3_ENDPOINT !== undefined,
    credentials:
      given.S3_ACCESS_KEY_ID === undefined || given.S3_SECRET_ACCESS_KEY === undefined
        ? undefined
        : { accessKeyId: given.S3_ACCESS_KEY_ID, secretAccessKey: given.S3_SECRET_ACCESS_KEY },
    timeoutMs: (given.S3_TIMEOUT_SECONDS ?? 30) * 1000,
  };
}

/** In production nothing falls back to published material: what is missing stays empty and is refused by name. */
function keys(given: Options, production: boolean): Config['keys'] {
  const example = production ? undefined : exampleKeys();
  return {
    passphrase: given.KEY_PASSPHRASE ?? example?.passphrase ?? '',
    ledgerSigningKey: given.LEDGER_SIGNING_KEY ?? example?.ledgerSigningKey ?? '',
    ledgerOrigin: given.LEDGER_ORIGIN ?? 'demonstration.concordat.example/ledger',
    samlKey: given.SAML_SP_KEY ?? example?.samlKey ?? '',
    samlCertificate: given.SAML_SP_CERT ?? example?.samlCertificate ?? '',
    cookieSecret: given.COOKIE_SECRET ?? example?.cookieSecret ?? '',
  };
}

function crossFaults(given: Options, config: Config): ConfigFault[] {
  const faults: ConfigFault[] = [];
  const address = new URL(config.baseUrl);
  if (address.pathname !== '/' || address.search !== '' || address.hash !== '' || address.username !== '') {
    faults.push({ option: 'BASE_URL', message: 'Give scheme, host and port only, for example https://portal.example.gov.' });
  }
  if (config.mode === 'demo' && !LOOPBACK.test(config.host)) {
    faults.push({ option: 'HOST', message: 'A demonstration has published keys and passwords: let it listen on 127.0.0.1 only, or use production mode.' });
  }
  if (config.session.idleSeconds > config.session.absoluteSeconds) {
    faults.push({ option: 'SESSION_IDLE_SECONDS', message: 'It cannot be longer than SESSION_ABSOLUTE_SECONDS.' });
  }
  if (config.demo && config.port + SANDBOX_PORTS.timestamps > 65_535) {
    faults.push({ option: 'PORT', message: `The demonstration needs ports up to PORT+${SANDBOX_PORTS.timestamps}; use a port up to ${65_535 - SANDBOX_PORTS.timestamps}.` });
  }
  if ((given.SAML_SP_KEY === undefined) !== (given.SAML_SP_CERT === undefined)) {
    faults.push({ option: 'SAML_SP_CERT', message: 'Set SAML_SP_KEY and SAML_SP_CERT together: the certificate must be the one of the key.' });
  }
  return faults;
}
