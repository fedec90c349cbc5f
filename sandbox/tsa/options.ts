import { z } from 'zod';

const schema = z.object({ TSA_PORT: z.coerce.number().int().min(1).max(65_535), TSA_DATA: z.string().min(1) });

/** What the sandbox authority is started with. */
export interface TsaOptions {
  readonly port: number;
  /** Folder of its key and certificates. */
  readonly folder: string;
}

/** @throws Error naming what is missing or malformed. */
export function readOptions(env: Readonly<Record<string, string | undefined>>): TsaOptions {
  const read = schema.safeParse(env);
  if (!read.success) {
    const names = read.error.issues.map((issue) => issue.path.join('.')).join(', ');
    throw new Error(`The sandbox timestamp authority needs TSA_PORT and TSA_DATA. Missing or malformed: ${names}.`);
  }
  return { port: read.data.TSA_PORT, folder: read.data.TSA_DATA };
}
