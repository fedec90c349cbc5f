import { z } from 'zod';

const port = z.coerce.number().int().min(1).max(65_535);

const environment = z.object({ SMTP_PORT: port, SMTP_WEB_PORT: port, SMTP_DATA: z.string().min(1) });

/** Where this stand-in listens and keeps its mail. */
export interface SandboxMailOptions {
  readonly smtpPort: number;
  readonly webPort: number;
  readonly folder: string;
}

/**
 * Reads SMTP_PORT, SMTP_WEB_PORT and SMTP_DATA.
 *
 * @throws Error naming every option that is missing or malformed.
 */
export function readOptions(env: NodeJS.ProcessEnv): SandboxMailOptions {
  const read = environment.safeParse(env);
  if (!read.success) {
    const names = read.error.issues.map((issue) => issue.path.join('.')).join(', ');
    throw new Error(`The sandbox mail server needs SMTP_PORT, SMTP_WEB_PORT and SMTP_DATA. Missing or malformed: ${names}.`);
  }
  return { smtpPort: read.data.SMTP_PORT, webPort: read.data.SMTP_WEB_PORT, folder: read.data.SMTP_DATA };
}
