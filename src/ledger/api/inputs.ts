import { z } from 'zod';

const LONGEST = 200;
const words = z
  .string()
  .trim()
  .min(1, 'Leave the field out rather than empty.')
  .max(LONGEST, `Use at most ${LONGEST} characters.`)
  .refine((text) => !text.includes('\0'), 'Remove the character that cannot be searched for.');
const optional = z.preprocess((value) => (value === null || value === '' ? undefined : value), words.optional());
const moment = z.preprocess((value) => value ?? undefined, z.date('Give a date and time.').optional());

/** What the auditor narrows the log by. */
export const auditFilterSchema = z
  .object({
    person: optional,
    agencyCode: optional,
    verb: optional,
    category: optional,
    outcome: optional,
    workspaceReference: optional,
    itemId: optional,
    clause: optional,
    purpose: optional,
    from: moment,
    to: moment,
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from < to, {
    path: ['to'],
    message: 'The end must be later than the beginning.',
  });

/** Entries a page may have. */
export const firstSchema = z.int().min(1, 'Ask for at least 1 entry.').max(100, 'Ask for at most 100 entries at a time.');
