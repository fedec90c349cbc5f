import type { ActorRef, Role } from '../../libs/kernel/index.js';
import { decide, type Facts, type Level, type Marking } from '../../libs/policy/index.js';
import type { OracleAlert, OracleItem, OraclePerson, OracleWorkspace, OracleWorld } from './oracle.js';

/** A person as the policy knows her. */
export const actorOf = ({ id, agency, roles }: OraclePerson): ActorRef => ({
  personId: id as ActorRef['personId'],
  displayName: 'Somebody',
  agencyId: agency as ActorRef['agencyId'],
  agencyName: 'Agency',
  agencyCode: 'agency',
  roles: roles as Role[],
  sessionId: id as unknown as ActorRef['sessionId'],
  idp: 'https://idp.example',
});

/** A world's rows as the policy knows them. */
export function factsOf(world: OracleWorld, workspace: OracleWorkspace): Facts {
  type Membership = NonNullable<Facts['workspace']>['memberships'][number];
  const memberships = world.memberships.flatMap((one): Membership[] => {
    const agreement = world.agreements.find(({ id }) => id === one.agreement);
    if (!agreement || one.workspace !== workspace.id) return [];
    const id = agreement.id as Membership['agreement']['id'];
    return [{
      agencyId: one.agency as Membership['agencyId'],
      agreement: {
        id, reference: agreement.id, status: agreement.status, validFrom: agreement.from, validTo: agreement.to,
        parties: agreement.parties as Membership['agreement']['parties'], ceiling: levelOf(agreement),
      },
      clause: { agreementId: id, code: '4.1', purpose: 'Protecting the public', gateway: 'CDA115' },
      validFrom: one.from,
      validTo: one.to,
    }];
  });
  return {
    at: world.at,
    workspace: {
      id: workspace.id as NonNullable<Facts['workspace']>['id'],
      leadAgencyId: workspace.lead as NonNullable<Facts['workspace']>['leadAgencyId'],
      level: levelOf(workspace),
      memberships,
    },
  };
}

const levelOf = ({ tier, sensitive }: { tier: number; sensitive: boolean }): Level => ({ tier: tier as Level['tier'], sensitive });

const markingOf = (item: OracleItem): Marking => ({
  ...levelOf(item),
  descriptors: [],
  handling: [],
  originator: item.originator as Marking['originator'],
  releasableTo: item.releasableTo as Marking['releasableTo'],
});

/** What is known of an item. */
export function itemFacts(world: OracleWorld, item: OracleItem): Facts {
  const workspace = world.workspaces.find(({ id }) => id === item.workspace);
  return workspace ? { ...factsOf(world, workspace), item: markingOf(item) } : { at: world.at };
}

/** What is known of an alert. */
export function alertFacts(world: OracleWorld, alert: OracleAlert): Facts {
  const item = world.items.find(({ id }) => id === alert.item);
  const about = item ? itemFacts(world, item) : { at: world.at };
  return { ...about, ownerAgencyId: alert.agency as NonNullable<Facts['ownerAgencyId']> };
}

/** Whether the policy lets this person. */
export const permits = (person: OraclePerson, verb: string, facts: Facts): boolean => decide(actorOf(person), verb, facts).effect === 'permit';
