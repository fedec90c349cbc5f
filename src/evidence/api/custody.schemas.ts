import { z, type ZodType } from 'zod';
import { CustodyAct } from '../../../libs/custody/index.js';
import { textSchema } from '../../platform/graphql/index.js';
import type { AnswerCustodyInput } from '../commands/answer-custody.js';
import type { OfferCustodyInput } from '../commands/offer-custody.js';
import type { RecordCustodyInput } from '../commands/record-custody.js';
import type { RecordPhysicalInput } from '../commands/record-physical.js';
import { markingSchema } from './schemas.js';

/** Text that may be left out; what is empty was left out. */
function optional(label: string, max: number, lines = false): ZodType<string | undefined> {
  return textSchema(label, { min: 0, max, lines })
    .nullish()
    .transform((given) => given || undefined);
}

const moment = z
  .date()
  .nullish()
  .transform((given) => given ?? undefined);
const CHOOSE = 'Act: Choose from the list.';
const reason = optional('Reason', 2_000, true);
const location = optional('Place', 300);
const seal = optional('Seal number', 50);
const party = (label: string): ZodType<string | undefined> => optional(label, 200);

/** What people record themselves; all else is recorded by what the portal does. */
const BY_HAND = [CustodyAct.Received, CustodyAct.Sealed, CustodyAct.Opened, CustodyAct.Examined, CustodyAct.Copied, CustodyAct.Returned] as const;

export const recordCustodySchema: ZodType<RecordCustodyInput> = z.object({
  exhibitId: z.string(),
  act: z.enum(BY_HAND, CHOOSE),
  happenedAt: moment,
  doneBy: party('Who did it'),
  from: party('From'),
  to: party('To'),
  location,
  reason,
  sealBefore: seal,
  sealAfter: seal,
});

export const offerCustodySchema: ZodType<OfferCustodyInput> = z.object({ exhibitId: z.string(), agencyId: z.string(), person: party('Person'), location, reason });

export const answerCustodySchema: ZodType<AnswerCustodyInput> = z.object({
  exhibitId: z.string(),
  answer: z.enum(['accept', 'decline', 'withdraw'], 'Answer: Choose from the list.'),
  happenedAt: moment,
  location,
  sealBefore: seal,
  reason,
});

export const recordPhysicalSchema: ZodType<RecordPhysicalInput> = z.object({
  workspaceId: z.string(),
  title: textSchema('Title', { min: 1, max: 200, lines: false }),
  description: textSchema('Description', { min: 0, max: 4_000, lines: true }),
  marking: markingSchema,
  derivedFrom: z
    .string()
    .nullish()
    .transform((given) => given ?? null),
  act: z.enum([CustodyAct.Seized, CustodyAct.Received], CHOOSE),
  happenedAt: z.date(),
  doneBy: party('Who did it'),
  from: party('From'),
  location,
  reason,
  seal,
});
