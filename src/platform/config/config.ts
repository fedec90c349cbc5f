/** Nest provider token of the configuration. */
export const CONFIG = Symbol('CONFIG');

export type Mode = 'demo' | 'production';
export type PurposeFrom = 'official' | 'official-sensitive' | 'none';
export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** A bucket of its own in a store of objects that speaks S3. */
export interface S3Settings {
  /** Undefined: Amazon's own, of the region. */
  readonly endpoint: string | undefined;
  readonly region: string;
  readonly bucket: string;
  /** Whether the bucket is named in the path instead of in the host. */
  readonly pathStyle: boolean;
  /** Undefined: those this machine is given by its surroundings. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
  /** How long one request may take. */
  readonly timeoutMs: number;
}

/** What the options of the environment mean, complete and checked. Nothing else in the product reads the environment. */
export interface Config {
  readonly mode: Mode;
  readonly host: string;
  readonly port: number;
  /** Without a trailing slash. */
  readonly baseUrl: string;
  /** Absolute path. */
  readonly dataFolder: string;
  readonly demo: boolean;
  readonly database: {
    readonly ownerUrl?: string;
    readonly appUrl: string;
    readonly workerUrl: string;
  };
  readonly redisUrl?: string;
  readonly smtp: { readonly url: string; readonly from: string };
  readonly session: { readonly idleSeconds: number; readonly absoluteSeconds: number };
  readonly export: { readonly idleSeconds: number };
  /** From which marking on a reader states a purpose, once in a session for each investigation. */
  readonly purposeFrom: PurposeFrom;
  readonly scrub: { readonly bytesPerSecond: number; readonly intervalSeconds: number };
  /** The quotas are of one agency in one investigation. */
  readonly upload: { readonly limitBytes: number; readonly quotaBytes: number; readonly quotaFiles: number };
  /** Where sealed bodies are kept; undefined: as files in the data folder. */
  readonly s3: S3Settings | undefined;
  /** Undefined: exhibits are not scanned for malware. */
  readonly clamd: { readonly address: string; readonly mostBytes: number; readonly timeoutMs: number; readonly unscanned: 'sealed' | 'open'; readonly rescanDays: number } | undefined;
  readonly keys: {
    readonly passphrase: string;
    /** PKCS8 PEM, Ed25519. */
    readonly ledgerSigningKey: string;
    readonly ledgerOrigin: string;
    /** PKCS8 PEM, RSA. */
    readonly samlKey: string;
    /** PEM. */
    readonly samlCertificate: string;
    readonly cookieSecret: string;
  };
  readonly ledger: {
    /** How long every entry is kept; undefined: for ever. */
    readonly keepMonths: number | undefined;
  };
  readonly witnesses: {
    /** The policy as written; undefined when the ledger has no witnesses. */
    readonly policy: string | undefined;
    readonly budgetSeconds: number;
  };
  readonly timestamps: {
    /** Undefined: nobody is asked. */
    readonly authorityUrl: string | undefined;
    /** PEM; undefined when no timestamp is believed. */
    readonly trustedCertificates: string | undefined;
    /** Object identifier. */
    readonly policy: string | undefined;
    readonly intervalSeconds: number;
  };
  readonly log: { readonly level: LogLevel };
  readonly rateLimitPerMinute: number;
  /** Addresses of the proxies whose word about their clients' addresses is believed; none: nobody's is. */
  readonly trustedProxies: readonly string[];
  /** Who bears it may read /metrics; without one only this machine may. */
  readonly metricsToken?: string;
  /** Who bears it may read the ledger's checkpoint and tiles; without one only a signed-in auditor may. */
  readonly ledgerMonitorToken?: string;
  readonly trustedDocumentsOnly: boolean;
}

/** One thing wrong with the configuration: which option, and a sentence saying what to do. Never carries a value. */
export interface ConfigFault {
  readonly option: string;
  readonly message: string;
}

/** The configuration cannot be used. Its message lists every fault, one per line. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly faults: readonly ConfigFault[]) {
    const lines = faults.map((fault) => `  ${fault.option}: ${fault.message}`);
    super(`The configuration cannot be used:\n${lines.join('\n')}`);
  }
}
