import { randomUUID } from 'node:crypto';
import type { Id } from '../../../libs/kernel/index.js';

/** A fresh id that nobody can guess from another. */
export function newId<Name extends string>(): Id<Name> {
  return randomUUID() as string as Id<Name>;
}
