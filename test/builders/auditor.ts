import type { Visitor } from './visitor.js';
import type { World } from './world.js';

const STATE = 'mutation ($reason: String!) { stateAuditReason(reason: $reason) { __typename } }';

/** States why this auditor looks, without which no entry is shown to her. */
export async function stateReason(auditor: Visitor, reason = 'A check of the tests'): Promise<Visitor> {
  const { stateAuditReason } = await auditor.ask<{ stateAuditReason: { __typename: string } }>(STATE, { reason });
  if (stateAuditReason.__typename !== 'AuditReason') throw new Error(`No reason was kept: ${JSON.stringify(stateAuditReason)}`);
  return auditor;
}

/** The auditor of the borough, signed in, with a reason stated. */
export async function signInAuditor(world: World): Promise<Visitor> {
  return stateReason(await world.signIn('alex.ward'));
}
