import type { ZodType } from 'zod';
import { err, invalid, ok, type Refusal, type Result } from '../../../libs/kernel/index.js';

/**
 * Checks input (attacker-controlled) at the edge. Returns the parsed value, or a refusal with one fault per field.
 *
 * @param path - what precedes the field names in the faults, for example `input`.
 */
export function parse<T>(schema: ZodType<T>, input: unknown, path = 'input'): Result<T, Refusal> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return ok(parsed.data);
  return err(
    invalid(
      parsed.error.issues.map((issue) => ({
        field: [path, ...issue.path.map(String)].filter((part) => part !== '').join('.'),
        message: issue.message,
      })),
    ),
  );
}
