import { z } from 'zod';
import { isUuid, type Id } from '../kernel/index.js';

/** A branded id in a payload. Events carry ids and codes only: a queue is not a place for what a case contains. */
export function idSchema<Name extends string>(): z.ZodType<Id<Name>> {
  return z.custom<Id<Name>>((value) => typeof value === 'string' && isUuid(value), 'Not an identifier.');
}
