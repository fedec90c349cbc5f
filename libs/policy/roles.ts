import { Role } from '../kernel/index.js';
import type { Verb } from './verbs.js';

/** Roles that work on cases. Auditors see who did what, administrators see people and agreements, neither sees content. */
export const CASE_ROLES: readonly Role[] = [
  Role.EnvironmentalHealthOfficer,
  Role.LicensingOfficer,
  Role.TradingStandardsOfficer,
  Role.PoliceOfficer,
  Role.FireOfficer,
  Role.HealthPractitioner,
  Role.DutyOfficer,
  Role.ServiceManager,
];

const CASE_VERBS: readonly Verb[] = [
  'page.read', 'agreement.list', 'workspace.list', 'workspace.read', 'purpose.state', 'workspace.search', 'member.invite', 'member.end', 'item.read', 'item.explain', 'item.audience', 'item.classify',
  'note.add', 'record.save', 'record.read', 'exhibit.request-upload', 'exhibit.deposit', 'exhibit.record-physical', 'hold.list', 'offer.list', 'hold.place', 'hold.lift', 'disposal.propose', 'disposal.decide', 'retention.set', 'retention.list', 'disclosure.read', 'disclosure.review', 'disclosure.sign', 'document.take', 'custody.record', 'custody.offer', 'custody.answer', 'exhibit.read', 'exhibit.open', 'exhibit.take-sealed',
  'exhibit.sharing', 'exhibit.share', 'exhibit.recall', 'recall.list', 'recall.answer',
  'bundle.make', 'bundle.end',
  'alert.read', 'live.listen', 'access-log.read', 'unusual-use.list', 'unusual-use.read', 'unusual-use.answer',
];
const COUNCIL_VERBS: readonly Verb[] = [...CASE_VERBS, 'workspace.open', 'finding.record'];

/** The keys of one's own agency: an administrator and a manager, so that two people are found in a small agency. */
const KEY_VERBS: readonly Verb[] = ['key.list', 'key.propose', 'key.approve', 'key.withdraw'];

/** What each role may try. What it may try on is decided by the facts; a verb that no role is granted is denied to everybody. */
export const GRANTS: Readonly<Record<Role, readonly Verb[]>> = {
  [Role.EnvironmentalHealthOfficer]: COUNCIL_VERBS,
  [Role.LicensingOfficer]: COUNCIL_VERBS,
  [Role.TradingStandardsOfficer]: COUNCIL_VERBS,
  [Role.ServiceManager]: [...COUNCIL_VERBS, 'exhibit.review', 'agency-log.read', 'unusual-use.assign', 'unusual-use.close', ...KEY_VERBS],
  [Role.PoliceOfficer]: CASE_VERBS,
  [Role.FireOfficer]: CASE_VERBS,
  [Role.HealthPractitioner]: CASE_VERBS,
  [Role.DutyOfficer]: [...CASE_VERBS, 'alert.acknowledge'],
  [Role.Auditor]: [
    'page.read', 'live.listen', 'access-log.read', 'ledger.search', 'ledger.read', 'ledger.state-reason', 'ledger.save-search', 'ledger.drop-search',
    'exhibit.prove', 'proof.follow', 'ledger.export', 'ledger.end-export', 'ledger.check', 'ledger.prove', 'idp.read', 'unusual-use.list', 'unusual-use.read', 'key.list',
  ],
  [Role.Administrator]: ['page.read', 'live.listen', 'agreement.list', 'agreement.sign', 'session.end', 'person.disable', 'idp.import', 'idp.read', ...KEY_VERBS],
};

/** Whether one of `roles` is granted `verb`. */
export function isGranted(roles: readonly Role[], verb: Verb): boolean {
  return roles.some((role) => Object.hasOwn(GRANTS, role) && GRANTS[role].includes(verb));
}

/** Whether one of `roles` works on cases. */
export function worksOnCases(roles: readonly Role[]): boolean {
  return roles.some((role) => CASE_ROLES.includes(role));
}
