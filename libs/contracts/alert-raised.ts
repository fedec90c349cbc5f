import { z } from 'zod';
import type { EventContract } from './contract.js';
import { idSchema } from './ids.js';

const schema = z.object({ alertId: idSchema<'alert'>() });

export type AlertRaised = z.infer<typeof schema>;

/** An alert stands in one duty post's list; what remains is to tell that post by other channels. */
export const alertRaised: EventContract<AlertRaised> = { type: 'notifications.alert-raised.v1', schema };
