import type { Operator } from '../cli/operator.js';
import { OpenDutyPost } from '../notifications/index.js';
import { DUTY_POSTS } from './borough.js';

/** Opens the borough's duty posts that are not there yet. */
export async function seedDutyPosts({ unit, ledger, context }: Operator): Promise<void> {
  for (const { agency, name, email } of DUTY_POSTS) {
    const opened = await new OpenDutyPost(unit, ledger).execute(context, { agencyCode: agency, name, email });
    if (!opened.ok) throw new Error(`A duty post of the borough is not one: ${opened.error}`);
  }
}
