import fc from 'fast-check';
import { Role } from '../../libs/kernel/index.js';
import type {
  OracleAgreement, OracleAlert, OracleItem, OracleLevel, OracleMembership, OraclePerson, OracleWorkspace, OracleWorld,
} from './oracle.js';

/** Worlds small enough that everything meets: four agencies, a handful of agreements, workspaces and items, ten days. */

const id = (kind: number, number: number): string => `00000000-0000-4000-8000-${String(kind * 1000 + number).padStart(12, '0')}`;
const ids = (kind: number, count: number): readonly string[] => Array.from({ length: count }, (_, number) => id(kind, number + 1));

const AGENCIES = ids(1, 4);
const agency = fc.constantFrom(...AGENCIES);
const moment = fc.integer({ min: 0, max: 9 }).map((day) => new Date(Date.UTC(2026, 0, 1 + day)));
const DAY_MS = 86_400_000;
/** Agreements last long enough, and memberships briefly enough, that each kind of end often decides. */
const span = (shortest: number, longest: number): fc.Arbitrary<{ from: Date; to: Date }> =>
  fc.tuple(moment, fc.integer({ min: shortest, max: longest })).map(([from, days]) => ({ from, to: new Date(from.getTime() + days * DAY_MS) }));

const level: fc.Arbitrary<OracleLevel> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ tier: fc.constant(1), sensitive: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ tier: fc.constantFrom(2, 3), sensitive: fc.constant(false) }) },
);

const person = (number: number): fc.Arbitrary<OraclePerson> =>
  fc.record({ id: fc.constant(id(4, number + 1)), agency, roles: fc.subarray(Object.values(Role), { maxLength: 2 }) });

const agreement = (number: number): fc.Arbitrary<OracleAgreement> =>
  fc
    .record({
      level,
      span: span(4, 12),
      status: fc.constantFrom('live', 'live', 'live', 'live', 'live', 'live', 'draft', 'suspended', 'ended'),
      parties: fc.oneof({ weight: 2, arbitrary: fc.constant(AGENCIES) }, { weight: 1, arbitrary: fc.subarray([...AGENCIES], { minLength: 2 }) }),
    })
    .map(({ level: ceiling, span: valid, ...rest }) => ({ id: id(2, number + 1), clause: id(6, number + 1), ...ceiling, ...valid, ...rest }));

const workspace = (number: number): fc.Arbitrary<OracleWorkspace> =>
  fc.tuple(level, agency).map(([marked, lead]) => ({ id: id(3, number + 1), lead, ...marked }));

const membership: fc.Arbitrary<OracleMembership> = fc
  .record({ workspace: fc.constantFrom(...ids(3, 3)), agency, agreement: fc.constantFrom(...ids(2, 3)), span: span(1, 4), ends: fc.boolean() })
  .map(({ span: { from, to }, ends, ...rest }) => ({ ...rest, from, to: ends ? to : null }));

const item = (number: number): fc.Arbitrary<OracleItem> =>
  fc
    .record({ level, workspace: fc.constantFrom(...ids(3, 3)), originator: agency, releasableTo: fc.option(fc.subarray([...AGENCIES]), { freq: 2 }) })
    .map(({ level: marked, ...rest }) => ({ id: id(5, number + 1), ...marked, ...rest }));

const alert = (number: number): fc.Arbitrary<OracleAlert> =>
  fc.record({ id: fc.constant(id(7, number + 1)), item: fc.constantFrom(...ids(5, 8)), agency });

const several = <T>(count: number, one: (number: number) => fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
  fc.tuple(...Array.from({ length: count }, (_, number) => one(number)));

/** Any world. Half of all people are given a role that works on cases, or most of it would be about nobody. */
export const randomWorld: fc.Arbitrary<OracleWorld> = fc.record({
  at: moment,
  agencies: fc.constant(AGENCIES),
  people: several(6, person).map((people) => people.map((one, number) => (number % 2 === 0 ? { ...one, roles: [...one.roles, Role.PoliceOfficer] } : one))),
  agreements: several(3, agreement),
  workspaces: several(3, workspace),
  memberships: fc.uniqueArray(membership, {
    minLength: 4,
    maxLength: 12,
    selector: (one) => `${one.workspace} ${one.agency} ${one.from.toISOString()}`,
  }),
  items: several(8, item),
  alerts: several(6, alert),
});
