/** Names of fields whose values never reach a log. Compared without case, underscores and hyphens. */
const SECRET_NAME = /pass(word|phrase|wd)|secret|token|cookie|authori[sz]ation|samlresponse|relaystate|privatekey|signingkey|sessionkey|plaintext|^key$/;
const CREDENTIALS = /:\/\/[^\s/@]*:[^\s/@]*@/g;
const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY( BLOCK)?-----[\s\S]*?(-----END [A-Z ]*PRIVATE KEY( BLOCK)?-----|$)/g;
const REDACTED = '[redacted]';
const DEEPEST = 6;
const LONGEST = 4000;
const MOST = 100;

/**
 * A copy of what is about to be logged without secrets: fields with a secret's name, passwords inside addresses, private
 * keys in text. Bounded in depth, breadth and length, because what is logged may come from an attacker.
 */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'bigint') return value.toString();
  if (value === null || typeof value !== 'object') return typeof value === 'function' ? '[function]' : value;
  if (depth >= DEEPEST) return '[deeper]';
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (value instanceof Error) return redactError(value, depth);
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value)) return value.slice(0, MOST).map((element) => redact(element, depth + 1));
  return redactFields(value, depth);
}

/** `text` without credentials in addresses and without private keys, cut to a bearable length. */
export function redactText(text: string): string {
  const clean = text.replace(PRIVATE_KEY, REDACTED).replace(CREDENTIALS, `://${REDACTED}@`);
  return clean.length > LONGEST ? `${clean.slice(0, LONGEST)}… (${clean.length} characters)` : clean;
}

function redactFields(object: object, depth: number): Record<string, unknown> {
  const fields = Object.entries(object).slice(0, MOST);
  return Object.fromEntries(
    fields.map(([name, value]) => [name, isSecretName(name) ? REDACTED : redact(value, depth + 1)]),
  );
}

/** Own fields of an error (a query, its parameters) may carry case content: only name, code, message and stack are kept. */
function redactError(error: Error, depth: number): Record<string, unknown> {
  return {
    name: error.name,
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    message: redactText(error.message),
    ...(error.stack === undefined ? {} : { stack: redactText(error.stack) }),
    ...(error.cause === undefined ? {} : { cause: redact(error.cause, depth + 1) }),
  };
}

function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name.toLowerCase().replaceAll(/[_-]/g, ''));
}
