import { z } from 'zod';
import type { EventContract } from './contract.js';
import { idSchema } from './ids.js';
import { urgencySchema } from './urgency.js';

const schema = z.object({
  workspaceId: idSchema<'workspace'>(),
  /** The finding that made it a breach. */
  itemId: idSchema<'item'>(),
  urgency: urgencySchema,
  /** Which risk rule decided, in the version that was in force. */
  ruleId: z.string().min(1).max(100),
  ruleVersion: z.int().positive(),
  /** The kinds of agency the rule says to tell; who of them may know is decided again for each. */
  tell: z.array(z.enum(['council', 'police', 'fire', 'health'])).readonly(),
});

export type BreachRaised = z.infer<typeof schema>;

/** A finding was recorded that a risk rule calls a breach: the duty posts of the kinds it names are told. */
export const breachRaised: EventContract<BreachRaised> = { type: 'workspaces.breach-raised.v1', schema };
