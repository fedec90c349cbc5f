import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { z } from 'zod';
import type { ConfigFault } from './config.js';
import { OPTIONS, isSecret, type OptionName } from './options.js';

type Environment = Readonly<Record<string, string | undefined>>;

const onOff = z.enum(['on', 'off'], 'Use on or off.').transform((word) => word === 'on');
const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/, `Use a whole number from ${min} to ${max}.`)
    .transform(Number)
    .refine((value) => value >= min && value <= max, `Use a whole number from ${min} to ${max}.`);
const address = (protocols: readonly string[]) =>
  z.string().refine(
    (text) => URL.canParse(text) && protocols.includes(new URL(text).protocol),
    `Use an address that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}.`,
  );
const postgres = address(['postgres:', 'postgresql:']);
const oneOf = <const Words extends readonly [string, ...string[]]>(words: Words) => z.enum(words, `Use one of ${words.join(', ')}.`);

/** The shape of each option alone; what they mean together is decided in mean-config.ts. */
const shape = z.object({
  CONCORDAT_MODE: oneOf(['demo', 'production']),
  HOST: z.string(),
  PORT: wholeNumber(1, 65535),
  BASE_URL: address(['http:', 'https:']),
  CONCORDAT_DATA: z.string(),
  CONCORDAT_DEMO: onOff,
  DATABASE_URL: postgres,
  DATABASE_APP_URL: postgres,
  DATABASE_WORKER_URL: postgres,
  REDIS_URL: address(['redis:', 'rediss:']),
  SMTP_URL: address(['smtp:', 'smtps:']),
  MAIL_FROM: z.string().regex(/^[^\r\n]+@[^\r\n]+$/, 'Use a mail address, with or without a name before it.'),
  SESSION_IDLE_SECONDS: wholeNumber(1, 86_400),
  SESSION_ABSOLUTE_SECONDS: wholeNumber(1, 604_800),
  EXPORT_IDLE_SECONDS: wholeNumber(1, 1_800),
  PURPOSE_REQUIRED_FROM: oneOf(['official', 'official-sensitive', 'none']),
  SCRUB_BYTES_PER_SECOND: wholeNumber(0, 10_000_000_000),
  SCRUB_INTERVAL_SECONDS: wholeNumber(1, 31_536_000),
  UPLOAD_LIMIT_BYTES: wholeNumber(1, 1_099_511_627_776),
  UPLOAD_QUOTA_BYTES: wholeNumber(1, 1_125_899_906_842_624),
  UPLOAD_QUOTA_FILES: wholeNumber(1, 10_000_000),
  S3_BUCKET: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'Use the name of a bucket: 3 to 63 small letters, digits, dots and hyphens.'),
  S3_ENDPOINT: address(['http:', 'https:']),
  S3_REGION: z.string().regex(/^[a-z0-9-]{1,40}$/, 'Use the name of a region, for example eu-west-2.'),
  S3_PATH_STYLE: onOff,
  S3_ACCESS_KEY_ID: z.string(),
  S3_SECRET_ACCESS_KEY: z.string(),
  S3_TIMEOUT_SECONDS: wholeNumber(1, 600),
  CLAMD_ADDRESS: z.string().refine((text) => text.startsWith('/') || (URL.canParse(text) && /^tcp:\/\/[^/@]+:\d+$/.test(text)), 'Use tcp://host:port, or the path of a socket.'),
  CLAMD_UNSCANNED: oneOf(['sealed', 'open']),
  CLAMD_STREAM_MAX_BYTES: wholeNumber(1, 4_294_967_295),
  CLAMD_RESCAN_DAYS: wholeNumber(0, 3_650),
  CLAMD_TIMEOUT_SECONDS: wholeNumber(1, 3_600),
  KEY_PASSPHRASE: z.string().min(16, 'Use at least 16 characters.'),
  LEDGER_SIGNING_KEY: z.string(),
  LEDGER_ORIGIN: z.string().regex(/^[^\s+]{1,200}$/, 'Use a name without spaces or plus signs, at most 200 characters.'),
  LEDGER_KEEP_MONTHS: wholeNumber(1, 1_200),
  LEDGER_WITNESS_POLICY: z.string(),
  LEDGER_WITNESS_BUDGET_SECONDS: wholeNumber(1, 2_592_000),
  TIMESTAMP_AUTHORITY_URL: address(['http:', 'https:']),
  TIMESTAMP_TRUSTED_CERTIFICATES: z.string(),
  TIMESTAMP_POLICY: z.string().regex(/^[0-2](\.(0|[1-9]\d{0,9})){1,20}$/, 'Use an object identifier, for example 1.3.6.1.4.1.13762.3.'),
  TIMESTAMP_INTERVAL_SECONDS: wholeNumber(1, 2_592_000),
  SAML_SP_KEY: z.string(),
  SAML_SP_CERT: z.string(),
  COOKIE_SECRET: z.string().min(32, 'Use at least 32 characters.'),
  LOG_LEVEL: oneOf(['debug', 'info', 'warn', 'error', 'silent']),
  RATE_LIMIT_PER_MINUTE: wholeNumber(1, 1_000_000),
  TRUSTED_PROXY: z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .refine((parts) => parts.every(isNetwork), 'Use addresses such as 10.0.0.5 or 10.0.0.0/24, separated by commas.'),
  METRICS_TOKEN: z.string().min(16, 'Use at least 16 characters.'),
  LEDGER_MONITOR_TOKEN: z.string().min(16, 'Use at least 16 characters.'),
  TRUSTED_DOCUMENTS_ONLY: onOff,
} satisfies Record<OptionName, z.ZodType>).partial();

/** The options that were set, each of its own type. */
export type Options = z.output<typeof shape>;

/**
 * Step one of configuring: takes each option from the environment, or from the file its `NAME_FILE` names, and gives it
 * its type. An empty value counts as unset, as in a compose file.
 */
export function readOptions(env: Environment): { options: Options; faults: readonly ConfigFault[] } {
  const faults: ConfigFault[] = [];
  const given: Record<string, string> = {};
  for (const name of Object.keys(OPTIONS) as OptionName[]) {
    const value = valueOf(name, env, faults);
    if (value !== undefined) given[name] = value;
  }
  const options: Record<string, unknown> = {};
  for (const [name, text] of Object.entries(given)) {
    const parsed = shape.shape[name as OptionName].safeParse(text);
    if (parsed.success) options[name] = parsed.data;
    else faults.push({ option: name, message: parsed.error.issues[0]?.message ?? 'This value cannot be used.' });
  }
  return { options, faults };
}

function valueOf(name: OptionName, env: Environment, faults: ConfigFault[]): string | undefined {
  const direct = present(env[name]);
  const path = isSecret(name) ? present(env[`${name}_FILE`]) : undefined;
  if (path === undefined) return direct;
  if (direct !== undefined) {
    faults.push({ option: name, message: `Set either ${name} or ${name}_FILE, not both.` });
    return undefined;
  }
  try {
    return present(readFileSync(path, 'utf8').replace(/\s+$/, ''));
  } catch {
    faults.push({ option: `${name}_FILE`, message: `The file ${path} cannot be read.` });
    return undefined;
  }
}

/** An address, or an address with the length of a prefix. */
function isNetwork(text: string): boolean {
  const [address = '', prefix = '0', ...rest] = text.split('/');
  const family = isIP(address);
  return family !== 0 && rest.length === 0 && /^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128);
}

function present(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : text;
}
