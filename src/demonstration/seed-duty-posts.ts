import { randomUUID } from 'node:crypto';
import type { Operator } from '../cli/operator.js';
import { DUTY_POSTS } from './borough.js';

/** Makes the borough's duty posts that are not there yet. */
export async function seedDutyPosts({ unit, context }: Operator): Promise<void> {
  await unit.run(context, async (work) => {
    for (const { agency, name, email } of DUTY_POSTS) {
      await work.sql(
        `INSERT INTO duty_post (id, agency_id, name, email)
         SELECT $1, a.id, $3, $4 FROM agency a
         WHERE a.code = $2 AND NOT EXISTS (SELECT FROM duty_post d WHERE d.agency_id = a.id AND d.name = $3)`,
        [randomUUID(), agency, name, email],
      );
    }
  });
}
