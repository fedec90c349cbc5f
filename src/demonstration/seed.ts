import type { Operator } from '../cli/operator.js';
import { seedAgencies } from './seed-agencies.js';
import { seedAgreement } from './seed-agreement.js';
import { seedDutyPosts } from './seed-duty-posts.js';

/** Puts the demonstration borough into the database. Doing it again changes nothing but the addresses of the identity providers. */
export async function seedBorough(operator: Operator, portalPort: number): Promise<void> {
  await seedAgencies(operator, portalPort);
  await seedAgreement(operator);
  await seedDutyPosts(operator);
}
