import { z, type ZodType } from 'zod';
import { Category, VERBS } from '../../../libs/policy/index.js';
import { textSchema } from '../../platform/graphql/index.js';

/** What a text that narrows the log may be. */
const WORDS = { min: 1, max: 200, lines: false } as const;

/** One of `values`, or left out. */
const oneOf = (label: string, values: readonly string[]) => narrowing(textSchema(label, WORDS).refine((text) => values.includes(text), `${label}: There is no such choice. Choose one from the list, or leave it out.`));
/** Any of `values`; one may stand by itself, none is left out. */
const someOf = (label: string, values: readonly string[]) =>
  z.preprocess(listed, z.array(z.string()).refine((texts) => texts.every((text) => values.includes(text)), `${label}: There is no such choice. Choose from the list, or leave it out.`).optional());
const words = (label: string) => narrowing(textSchema(label, WORDS));

function listed(value: unknown): unknown {
  const given = (Array.isArray(value) ? (value as unknown[]) : [value]).filter((one) => one !== null && one !== undefined && one !== '');
  return given.length === 0 ? undefined : given;
}

function narrowing(text: ZodType<string>) {
  return z.preprocess((value) => (value === null || value === '' ? undefined : value), text.optional());
}

const moment = z.preprocess((value) => value ?? undefined, z.date('Give a date and time.').optional());

const OUTCOMES = ['done', 'refused'];
const OUT_OF_ORDER = { path: ['to'], message: 'To: The end must be later than the beginning. Enter a later end, or an earlier beginning.' };

function isInOrder({ from, to }: { readonly from?: Date | undefined; readonly to?: Date | undefined }): boolean {
  return from === undefined || to === undefined || from < to;
}

/** What the auditor narrows the log by. */
export const auditFilterSchema = z
  .object({
    person: words('Person'),
    agencyCode: words('Agency'),
    verb: someOf('What was done', Object.keys(VERBS)),
    category: someOf('Category', Object.values(Category)),
    outcome: oneOf('Outcome', OUTCOMES),
    workspaceReference: words('Investigation reference'),
    itemId: words('Item'),
    subject: words('Title'),
    correlation: words('Request'),
    clause: words('Clause'),
    purpose: words('Purpose'),
    from: moment,
    to: moment,
  })
  .refine(isInOrder, OUT_OF_ORDER);

/** What who manages an agency narrows its log by. */
export const agencyLogFilterSchema = z
  .object({
    person: words('Person'),
    verb: someOf('What was done', Object.keys(VERBS)),
    category: someOf('Category', Object.values(Category)),
    outcome: oneOf('Outcome', OUTCOMES),
    workspaceReference: words('Investigation reference'),
    from: moment,
    to: moment,
  })
  .refine(isInOrder, OUT_OF_ORDER);

/** Why an auditor looks: at least a few words, so that whoever reads the entry later understands it. */
export const reasonSchema = textSchema('Reason', { min: 5, max: 500, lines: false });

/** The name of a search that is kept. */
export const searchNameSchema = textSchema('Name', { min: 1, max: 100, lines: false });

/** Entries a page may have. */
export const firstSchema = z.int().min(1, 'Ask for at least 1 entry.').max(100, 'Ask for at most 100 entries at a time.');
