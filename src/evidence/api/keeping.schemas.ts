import { z, type ZodType } from 'zod';
import { textSchema } from '../../platform/graphql/index.js';
import type { DecideDisposalInput } from '../commands/decide-disposal.js';
import type { LiftHoldInput } from '../commands/lift-hold.js';
import type { PlaceHoldInput } from '../commands/place-hold.js';
import type { ProposeDisposalInput } from '../commands/propose-disposal.js';
import type { SetRetentionInput } from '../commands/set-retention.js';

/** Nothing is kept, freed or ended without a word why. */
const reason = textSchema('Reason', { min: 1, max: 2_000, lines: true });
const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toISOString().startsWith(text);

export const placeHoldSchema: ZodType<PlaceHoldInput> = z.object({
  workspaceId: z.string(),
  exhibitId: z.string().nullish().transform((given) => given ?? null),
  reason,
});

export const liftHoldSchema: ZodType<LiftHoldInput> = z.object({ id: z.string(), reason });

export const proposeDisposalSchema: ZodType<ProposeDisposalInput> = z.object({
  exhibitId: z.string(),
  rule: z.string().max(50, 'Rule: Choose from the list.'),
  reason,
  beforeReview: textSchema('Before its review', { min: 0, max: 2_000, lines: true }).nullish().transform((given) => given || null),
});

export const decideDisposalSchema: ZodType<DecideDisposalInput> = z.object({ exhibitId: z.string(), approve: z.boolean(), reason });

export const setRetentionSchema: ZodType<SetRetentionInput> = z.object({
  exhibitId: z.string(),
  group: z.string().max(50, 'Group: Choose from the list.'),
  reviewOn: z
    .string()
    .refine((text) => !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) && isDay(text), 'Review: Enter a day as YYYY-MM-DD.')
    .nullish()
    .transform((given) => given ?? null),
  reason,
});
