import { createPrivateKey } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TIME_STAMPING, newIdentity, pemOf, type Identity } from './certificate.js';

const DAY_MS = 86_400_000;
const LASTS_MS = 3_650 * DAY_MS;

/** Where the sandbox keeps its authority. */
export interface AuthorityFiles {
  /** The certificate (PEM) that whoever asks trusts. */
  readonly trusted: string;
  readonly key: string;
  readonly certificate: string;
}

/**
 * The authority kept in `folder`, made on first use: a root whose key is thrown away at once, and the one signer it issued
 * a certificate to.
 */
export function keptAuthority(folder: string): AuthorityFiles {
  const files = { trusted: join(folder, 'trusted.pem'), key: join(folder, 'key.pem'), certificate: join(folder, 'certificate.der') };
  // The trusted certificate is written last: an authority without one was broken off while it was made.
  if (existsSync(files.trusted)) return files;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const times = { from: new Date(Date.now() - DAY_MS), to: new Date(Date.now() + LASTS_MS) };
  const root = newIdentity({ name: 'Sandbox timestamp root', authority: true, ...times });
  const signer = newIdentity({ name: 'Sandbox timestamp authority', purpose: { id: TIME_STAMPING, critical: true }, ...times }, root);
  writeFileSync(files.key, signer.key.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  writeFileSync(files.certificate, signer.certificate);
  writeFileSync(files.trusted, pemOf(root));
  return files;
}

/** The signer of a kept authority. */
export function readSigner({ key, certificate }: Pick<AuthorityFiles, 'key' | 'certificate'>): Identity {
  return { key: createPrivateKey(readFileSync(key)), certificate: readFileSync(certificate) };
}
