import { readFileSync } from 'node:fs';

/** An account of the operating system, by number. */
export interface SystemUser {
  readonly uid: number;
  readonly gid: number;
}

const NOBODY: SystemUser = { uid: 65534, gid: 65534 };

/**
 * The account PostgreSQL must run under, because it refuses to run as root: `postgres` where there is one, else nobody.
 * Undefined when this process is not root and its own account will do.
 */
export function serverUser(): SystemUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  return accountOf(passwordFile(), 'postgres') ?? NOBODY;
}

/** The account called `name` in the text of a passwd(5) file. */
export function accountOf(passwd: string, name: string): SystemUser | undefined {
  const fields = passwd
    .split('\n')
    .map((line) => line.split(':'))
    .find(([account]) => account === name);
  const uid = Number(fields?.[2]);
  const gid = Number(fields?.[3]);
  return uid > 0 && gid > 0 ? { uid, gid } : undefined;
}

function passwordFile(): string {
  try {
    return readFileSync('/etc/passwd', 'utf8');
  } catch {
    return '';
  }
}
