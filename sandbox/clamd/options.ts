import { z } from 'zod';

const schema = z.object({ CLAMD_PORT: z.coerce.number().int().min(0).max(65_535), CLAMD_STREAM_MAX: z.coerce.number().int().min(1).default(26_214_400), CLAMD_DATABASE: z.coerce.number().int().min(1).default(27_800) });

/** What the sandbox scanner is started with. */
export interface ClamdOptions {
  readonly port: number;
  /** StreamMaxLength of clamd.conf, in octets. */
  readonly streamMaxBytes: number;
  /** The number of its signatures, of which greater ones are newer. */
  readonly database: number;
}

/** @throws Error naming what is missing or malformed. */
export function readOptions(env: Readonly<Record<string, string | undefined>>): ClamdOptions {
  const read = schema.safeParse(env);
  if (!read.success) throw new Error(`The sandbox scanner needs CLAMD_PORT. Missing or malformed: ${read.error.issues.map((issue) => issue.path.join('.')).join(', ')}.`);
  return { port: read.data.CLAMD_PORT, streamMaxBytes: read.data.CLAMD_STREAM_MAX, database: read.data.CLAMD_DATABASE };
}
