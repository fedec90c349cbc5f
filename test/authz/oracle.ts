/**
 * The law once more, from its words alone and as plainly as it can be said: no policy code, no SQL, no cleverness. It is
 * slow and it repeats itself on purpose. Where it disagrees with the others, read the words before believing either.
 */

export type OracleStatus = 'draft' | 'live' | 'suspended' | 'ended';

export interface OracleLevel {
  /** 1 OFFICIAL, 2 SECRET, 3 TOP SECRET. */
  readonly tier: number;
  readonly sensitive: boolean;
}

export interface OraclePerson {
  readonly id: string;
  readonly agency: string;
  readonly roles: readonly string[];
}

export interface OracleAgreement extends OracleLevel {
  readonly id: string;
  readonly clause: string;
  readonly status: OracleStatus;
  readonly from: Date;
  readonly to: Date;
  readonly parties: readonly string[];
}

export interface OracleWorkspace extends OracleLevel {
  readonly id: string;
  readonly lead: string;
}

export interface OracleMembership {
  readonly workspace: string;
  readonly agency: string;
  readonly agreement: string;
  readonly from: Date;
  readonly to: Date | null;
}

export interface OracleItem extends OracleLevel {
  readonly id: string;
  readonly workspace: string;
  readonly originator: string;
  readonly releasableTo: readonly string[] | null;
}

export interface OracleAlert {
  readonly id: string;
  readonly item: string;
  readonly agency: string;
}

/** A read that wants an explanation, and whom each agency concerned has asked for it. */
export interface OracleUse {
  readonly id: string;
  /** The person who read. */
  readonly reader: string;
  readonly sides: readonly { readonly agency: string; readonly asked: string | null }[];
}

export interface OracleWorld {
  readonly at: Date;
  readonly agencies: readonly string[];
  readonly people: readonly OraclePerson[];
  readonly agreements: readonly OracleAgreement[];
  readonly workspaces: readonly OracleWorkspace[];
  readonly memberships: readonly OracleMembership[];
  readonly items: readonly OracleItem[];
  readonly alerts: readonly OracleAlert[];
}

const NAMES = ['OFFICIAL', 'OFFICIAL-SENSITIVE', 'SECRET', 'TOP SECRET'];

function nameOf(level: OracleLevel): string {
  if (level.tier === 3) return 'TOP SECRET';
  if (level.tier === 2) return 'SECRET';
  return level.sensitive ? 'OFFICIAL-SENSITIVE' : 'OFFICIAL';
}

function isHigher(one: OracleLevel, other: OracleLevel): boolean {
  return NAMES.indexOf(nameOf(one)) > NAMES.indexOf(nameOf(other));
}

/** "Case-working roles: environmental health, licensing, trading standards, police, fire, health, duty officer, service manager." */
export function oracleWorksOnCases(person: OraclePerson): boolean {
  for (const role of person.roles) {
    if (role === 'environmental-health-officer') return true;
    if (role === 'licensing-officer') return true;
    if (role === 'trading-standards-officer') return true;
    if (role === 'police-officer') return true;
    if (role === 'fire-officer') return true;
    if (role === 'health-practitioner') return true;
    if (role === 'duty-officer') return true;
    if (role === 'service-manager') return true;
  }
  return false;
}

/** "Agreement live at a moment: status, valid from and to, parties." Both the lead agency and the member are parties. */
function agreementBinds(agreement: OracleAgreement, lead: string, member: string, at: Date): boolean {
  if (agreement.status !== 'live') return false;
  if (at < agreement.from) return false;
  if (at >= agreement.to) return false;
  if (!agreement.parties.includes(lead)) return false;
  if (!agreement.parties.includes(member)) return false;
  return true;
}

/** The agreements under which an agency is a member of a workspace at the world's moment. */
function agreementsOf(world: OracleWorld, agency: string, workspace: OracleWorkspace): OracleAgreement[] {
  const found: OracleAgreement[] = [];
  for (const membership of world.memberships) {
    if (membership.workspace !== workspace.id) continue;
    if (membership.agency !== agency) continue;
    if (world.at < membership.from) continue;
    if (membership.to !== null && world.at >= membership.to) continue;
    for (const agreement of world.agreements) {
      if (agreement.id !== membership.agreement) continue;
      if (!agreementBinds(agreement, workspace.lead, agency, world.at)) continue;
      // What is marked above the agreement may not pass under it, the investigation itself included.
      if (isHigher(workspace, agreement)) continue;
      found.push(agreement);
    }
  }
  return found;
}

/** "Workspace visibility = lead agency or live membership under a live agreement." Nothing above OFFICIAL-SENSITIVE is held here. */
export function oracleAgencySeesWorkspace(world: OracleWorld, agency: string, workspace: OracleWorkspace): boolean {
  if (workspace.tier > 1) return false;
  if (workspace.lead === agency) return true;
  return agreementsOf(world, agency, workspace).length > 0;
}

/** "Item visibility = workspace visible, and marking within the agreement's ceiling, and releasable to the agency (or all, or originator)." */
export function oracleAgencySeesItem(world: OracleWorld, agency: string, item: OracleItem): boolean {
  if (item.tier > 1) return false;
  const workspace = world.workspaces.find((one) => one.id === item.workspace);
  if (workspace === undefined) return false;
  if (!oracleAgencySeesWorkspace(world, agency, workspace)) return false;
  if (workspace.lead !== agency) {
    let reached = false;
    for (const agreement of agreementsOf(world, agency, workspace)) if (!isHigher(item, agreement)) reached = true;
    if (!reached) return false;
  }
  if (item.releasableTo === null) return true;
  if (item.originator === agency) return true;
  return item.releasableTo.includes(agency);
}

export function oracleSeesWorkspace(world: OracleWorld, person: OraclePerson, workspace: OracleWorkspace): boolean {
  return oracleWorksOnCases(person) && oracleAgencySeesWorkspace(world, person.agency, workspace);
}

/** An item with every restriction of its marking. */
export interface OracleMarked extends Omit<OracleItem, 'workspace'> {
  readonly descriptors: readonly string[];
  readonly handling: readonly string[];
}

/** A thing, what was made of it, and what was made of that. */
export type OracleChain = readonly [root: OracleMarked, middle: OracleMarked, last: OracleMarked];

/** "A lower level, a term less, an agency more." Whose a thing is may always have it. */
function isFreer(one: OracleMarked, than: OracleMarked): boolean {
  if (isHigher(than, one)) return true;
  for (const term of than.descriptors) if (!one.descriptors.includes(term)) return true;
  for (const term of than.handling) if (!one.handling.includes(term)) return true;
  if (than.releasableTo === null) return false;
  if (one.releasableTo === null) return true;
  for (const agency of one.releasableTo) if (agency !== than.originator && !than.releasableTo.includes(agency)) return true;
  return false;
}

/** "What was made of another agency's exhibit keeps what that agency restricts": of the nearest such exhibit, the last itself included where another's. */
export function oracleKeepsOrigin(world: OracleWorld, person: OraclePerson, [root, middle, last]: OracleChain, wanted: OracleMarked): boolean {
  if (!isFreer(wanted, last)) return true;
  for (const above of [last, middle, root]) {
    const workspace = world.items.find(({ id }) => id === above.id)?.workspace ?? '';
    if (!oracleSeesItem(world, person, { ...above, workspace })) return false;
    if (above.originator !== person.agency) return !isFreer(wanted, above);
  }
  return true;
}

/** Marking anew: whoever works on cases, of what her agency brought and still sees. */
export function oracleClassifies(world: OracleWorld, person: OraclePerson, item: OracleItem): boolean {
  return item.originator === person.agency && oracleSeesItem(world, person, item);
}

export function oracleSeesItem(world: OracleWorld, person: OraclePerson, item: OracleItem): boolean {
  return oracleWorksOnCases(person) && oracleAgencySeesItem(world, person.agency, item);
}

/** "Alerts of own agency's duty posts", about something the agency can see. */
export function oracleSeesAlert(world: OracleWorld, person: OraclePerson, alert: OracleAlert): boolean {
  if (alert.agency !== person.agency) return false;
  const item = world.items.find((one) => one.id === alert.item);
  return item !== undefined && oracleSeesItem(world, person, item);
}

/** "Only duty-officer acknowledges." */
export function oracleAcknowledges(world: OracleWorld, person: OraclePerson, alert: OracleAlert): boolean {
  return person.roles.includes('duty-officer') && oracleSeesAlert(world, person, alert);
}

/** "Anybody who sees a workspace may add notes", marked in his own agency's name and no higher than he may see. */
export function oracleAddsNote(world: OracleWorld, person: OraclePerson, proposed: OracleItem): boolean {
  return proposed.originator === person.agency && oracleSeesItem(world, person, proposed);
}

/** "Only the lead agency's people invite." */
export function oracleInvites(person: OraclePerson, workspace: OracleWorkspace): boolean {
  return oracleWorksOnCases(person) && workspace.tier === 1 && workspace.lead === person.agency;
}

/** "Only roles of a council agency (any of the three officer roles or service-manager) open a workspace", and record findings. */
export function oracleWorksForACouncil(person: OraclePerson, kind: string): boolean {
  if (kind !== 'council') return false;
  for (const role of person.roles) {
    if (role === 'environmental-health-officer') return true;
    if (role === 'licensing-officer') return true;
    if (role === 'trading-standards-officer') return true;
    if (role === 'service-manager') return true;
  }
  return false;
}

/** A finding is a council officer's contribution to what she sees. */
export function oracleRecordsFinding(world: OracleWorld, person: OraclePerson, kind: string, proposed: OracleItem): boolean {
  return oracleWorksForACouncil(person, kind) && oracleAddsNote(world, person, proposed);
}

/** "Only the lead agency's people" started it, and an invitation needs an agreement that binds the invited agency too. */
export function oracleInvitesAgency(world: OracleWorld, person: OraclePerson, workspace: OracleWorkspace, invited: string): boolean {
  if (!oracleInvites(person, workspace)) return false;
  for (const agreement of world.agreements) if (agreementBinds(agreement, workspace.lead, invited, world.at)) return true;
  return false;
}

/** A membership is ended by the agency that leads or by the member itself, and that of the agency that leads never is. */
export function oracleEndsMembership(world: OracleWorld, person: OraclePerson, workspace: OracleWorkspace, agency: string): boolean {
  if (!oracleSeesWorkspace(world, person, workspace)) return false;
  if (agency === workspace.lead) return false;
  return person.agency === agency || person.agency === workspace.lead;
}

/** "Auditor: ledger.search, ledger.read, ledger.check across everything." */
export function oracleAudits(person: OraclePerson): boolean {
  return person.roles.includes('auditor');
}

/** The log of a case: auditors of every one, those who work on cases of what they see. */
export function oracleReadsAccessLog(world: OracleWorld, person: OraclePerson, workspace: OracleWorkspace): boolean {
  return oracleAudits(person) || oracleSeesWorkspace(world, person, workspace);
}

/** What agencies sign in with: auditors see every agency's, an administrator that of her own agency. */
export function oracleSeesIdpOf(person: OraclePerson, agency: string): boolean {
  if (person.roles.includes('auditor')) return true;
  return person.roles.includes('administrator') && person.agency === agency;
}

/** An agency's keys are handled by its administrators and its managers. */
export function oracleHandlesKeys(person: OraclePerson, agency: string): boolean {
  return (person.roles.includes('administrator') || person.roles.includes('service-manager')) && person.agency === agency;
}

/** Auditors look at every agency's keys. */
export function oracleSeesKeysOf(person: OraclePerson, agency: string): boolean {
  return person.roles.includes('auditor') || oracleHandlesKeys(person, agency);
}

/** Agreements are for those who work under them and for those who sign them. */
export function oracleListsAgreements(person: OraclePerson): boolean {
  return oracleWorksOnCases(person) || person.roles.includes('administrator');
}

/** "Auditors, who manages an agency concerned, and whoever was asked": the read itself, and the sides of it each is shown. */
export function oracleSeesSide(person: OraclePerson, use: OracleUse, side: OracleUse['sides'][number]): boolean {
  return oracleAudits(person) || oracleManages(person, use) || side.asked === person.id;
}

/** Whoever sees a side of it sees it. */
export function oracleSeesUse(person: OraclePerson, use: OracleUse): boolean {
  return use.sides.some((side) => oracleSeesSide(person, use, side));
}

/** Assigning and closing: "who manages an agency concerned, never the reader herself". */
export function oracleSettlesUse(person: OraclePerson, use: OracleUse): boolean {
  return oracleManages(person, use) && use.reader !== person.id;
}

/** "Answered by whoever was asked", and by nobody for her. */
export function oracleAnswersUse(person: OraclePerson, use: OracleUse): boolean {
  return use.sides.some(({ asked }) => asked === person.id);
}

function oracleManages(person: OraclePerson, use: OracleUse): boolean {
  return person.roles.includes('service-manager') && use.sides.some(({ agency }) => agency === person.agency);
}

/** One act in the ledger, as far as its reader's rights depend on it. */
export interface OracleEntry {
  readonly id: string;
  readonly verb: string;
  /** Of whoever acted; null for the product itself. */
  readonly agency: string | null;
  readonly workspace: string | null;
  /** The id of a case or an item; null where it was about neither. */
  readonly subject: string | null;
  /** What was read along with it. */
  readonly items: readonly string[];
}

/** "The role that answers for unusual use in its agency." */
export function oracleManagesAgency(person: OraclePerson): boolean {
  return person.roles.includes('service-manager');
}

/** "Every entry whose actor is of this agency, across all cases"; what was done about unusual use has a board of its own. */
export function oracleSeesOwnAct(person: OraclePerson, entry: OracleEntry): boolean {
  if (!oracleManagesAgency(person)) return false;
  if (entry.verb.startsWith('unusual-use.')) return false;
  return entry.agency === person.agency;
}

/** "Entries of others on items this agency owns or on cases it leads", of what she sees. */
export function oracleSeesOthersAct(world: OracleWorld, person: OraclePerson, entry: OracleEntry): boolean {
  if (!oracleManagesAgency(person)) return false;
  if (entry.verb.startsWith('unusual-use.')) return false;
  if (entry.agency === person.agency) return false;
  const visible = (id: string | null): OracleItem | undefined => world.items.find((item) => item.id === id && oracleSeesItem(world, person, item));
  const leads = (id: string): boolean => world.workspaces.some((one) => one.id === id && one.lead === person.agency);
  const concerned = entry.items.flatMap((id) => visible(id) ?? []);
  if (entry.workspace === null) {
    if (entry.verb !== 'workspace.search' && entry.verb !== 'alert.read') return false;
    return concerned.some((item) => item.originator === person.agency || leads(item.workspace));
  }
  const workspace = world.workspaces.find(({ id }) => id === entry.workspace);
  if (workspace === undefined || !oracleSeesWorkspace(world, person, workspace)) return false;
  const isAboutCase = entry.subject === null || entry.subject === workspace.id;
  const subject = visible(entry.subject);
  if (workspace.lead === person.agency) return isAboutCase || subject !== undefined;
  if (subject?.originator === person.agency) return true;
  return entry.subject === workspace.id && concerned.some(({ originator }) => originator === person.agency);
}
