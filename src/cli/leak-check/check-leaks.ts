import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRole } from '../../../libs/kernel/index.js';
import { worksOnCases } from '../../../libs/policy/index.js';
import { projectFolder } from '../../platform/config/index.js';
import { CliFault, Exit, type CliContext } from '../command.js';
import { withOperator, type Operator } from '../operator.js';
import { agreementsIn } from './agreement-facts.js';
import { sightOf, type Canary, type Sight } from './canary.js';
import { Judge, type Leak } from './judge.js';
import { MailSink } from './mail-sink.js';
import { plantCanaries } from './plant.js';
import { PortalOnCopy } from './portal-on-copy.js';
import { operationsOf } from './schema-walk.js';
import { rolesTried, Viewer, type Agency } from './viewer.js';
import { OpenStream, tryAddresses, walkPages, walkSchema } from './walk.js';

/** What is asked of a check. */
export interface LeakCheckOptions {
  /** The name of the database, typed once more: it is written into. */
  readonly copy: string;
  /** Codes of the agencies that look; undefined is every agency. */
  readonly agencies: readonly string[] | undefined;
  /** The roles they look with; undefined is one of each set of rights. */
  readonly roles: readonly string[] | undefined;
  readonly progress: (done: number, of: number) => void;
}

/** What one viewer met. */
export interface Looked {
  readonly agency: string;
  readonly role: string;
  readonly sights: ReadonlyMap<Canary, Sight>;
  readonly leaks: readonly Leak[];
  readonly unmet: readonly Canary[];
}

export interface LeakReport {
  readonly canaries: readonly Canary[];
  readonly looked: readonly Looked[];
  /** Mails that were sent while looking; none of them may have a word of what was planted. */
  readonly mails: number;
  readonly mailLeaks: readonly Leak[];
}

/**
 * Plants canaries in a copy of the database by the product's own acts, looks at everything as one person of every agency and every set
 * of rights, and says who met what the policy keeps from her. The copy is written into and is of no other use afterwards.
 *
 * @throws CliFault when the database is not the copy named, or somebody else uses it.
 */
export async function checkForLeaks(context: CliContext, options: LeakCheckOptions): Promise<LeakReport> {
  return withOperator(context.ownerUrl(), async (operator) => {
    await mustBeUnusedCopy(operator, options.copy);
    const agencies = await agenciesIn(operator);
    const unknown = options.agencies?.find((code) => !agencies.some((agency) => agency.code === code));
    if (unknown !== undefined) throw new CliFault(`There is no agency ${unknown} in this database.`, Exit.Usage);
    const sink = await MailSink.start();
    const portal = await PortalOnCopy.start(context, sink.url).catch(async (fault: unknown) => {
      await sink.stop();
      throw fault;
    });
    try {
      return await look(operator, { portal, sink, agencies }, options);
    } finally {
      await portal.stop();
      await sink.stop();
    }
  });
}

interface Place {
  readonly portal: PortalOnCopy;
  readonly sink: MailSink;
  readonly agencies: readonly Agency[];
}

async function look(operator: Operator, { portal, sink, agencies }: Place, { agencies: only, roles, progress }: LeakCheckOptions): Promise<LeakReport> {
  const cast = await castOf(operator, agencies, portal.baseUrl);
  const viewers = cast.filter(({ agency, role }) => (only?.includes(agency.code) ?? true) && (roles?.includes(role) ?? true));
  if (viewers.length === 0) throw new CliFault(`Nobody looks: none of these agencies has people of the roles ${[...new Set(cast.map(({ role }) => role))].join(', ')} that were asked for.`, Exit.Usage);
  const streams = new Map<Viewer, OpenStream | undefined>();
  for (const viewer of viewers) streams.set(viewer, await OpenStream.open(viewer));
  const canaries = await plantCanaries(authorsOf(cast), await agreementsIn(operator));
  const operations = operationsOf(readFileSync(join(projectFolder(), 'schema.graphql'), 'utf8'));
  const looks = viewers.map((viewer) => {
    const sights = new Map(canaries.map((canary) => [canary, sightOf(viewer, canary, new Date())]));
    return { viewer, sights, judge: new Judge(sights) };
  });
  const addresses = new Set<string>();
  let done = 0;
  for (const { viewer, sights, judge } of looks) {
    if (viewer.role === 'auditor') await viewer.graphql('mutation ($reason: String!) { stateAuditReason(reason: $reason) { __typename } }', { reason: 'Looking for leaks' });
    for (const address of await walkPages(viewer, judge)) addresses.add(address);
    await walkSchema(viewer, judge, operations, sights);
    progress((done += 1), looks.length * 2);
  }
  for (const { viewer, sights, judge } of looks) {
    await tryAddresses(viewer, judge, addresses, sights);
    streams.get(viewer)?.judge(judge, sights);
    progress((done += 1), looks.length * 2);
  }
  const looked = looks.map(({ viewer, sights, judge }): Looked => ({ agency: viewer.agency.name, role: viewer.role, sights, leaks: judge.leaks, unmet: judge.unmet() }));
  return { canaries, looked, mails: sink.mails.length, mailLeaks: leaksInMails(sink.mails, canaries) };
}

/** No mail says anything of a case, whoever it goes to. */
function leaksInMails(mails: readonly string[], canaries: readonly Canary[]): readonly Leak[] {
  const judge = new Judge(new Map(canaries.map((canary) => [canary, 'nothing'])));
  for (const mail of mails) judge.hear('e-mail', mail);
  return judge.leaks;
}

/** Canaries in the database that people work with would be there for good. */
async function mustBeUnusedCopy({ unit, context }: Operator, copy: string): Promise<void> {
  const [row] = await unit.run(context, (work) => work.sql<{ name: string; others: number }>(
    `SELECT current_database() AS name, (SELECT count(*)::int FROM pg_stat_activity a
       WHERE a.datname = current_database() AND a.usename IS NOT NULL AND a.application_name IS DISTINCT FROM 'concordat command line') AS others`));
  if (!row || row.name !== copy) throw new CliFault(`The database is ${row?.name ?? 'unknown'}, not ${copy}. The check writes into it: name a copy with DATABASE_URL, DATABASE_APP_URL and DATABASE_WORKER_URL, and the same with --copy.`, Exit.Usage);
  if (row.others > 0) throw new CliFault(`Somebody else is connected to ${copy}: ${row.others} connections. The check is for a copy that nobody works with.`);
}

function agenciesIn({ unit, context }: Operator): Promise<Agency[]> {
  return unit.run(context, (work) => work.sql<Agency>('SELECT id, code, name, kind FROM agency WHERE closed_at IS NULL ORDER BY code'));
}

async function castOf(operator: Operator, agencies: readonly Agency[], baseUrl: string): Promise<Viewer[]> {
  const cast: Viewer[] = [];
  for (const agency of agencies) for (const role of rolesTried(agency.kind)) cast.push(await Viewer.signIn(operator, agency, role, baseUrl));
  return cast;
}

/** The first of each agency who works on cases with a role of its own kind. */
function authorsOf(cast: readonly Viewer[]): Viewer[] {
  const seen = new Set<string>();
  return cast.filter(({ agency, role }) => isRole(role) && worksOnCases([role]) && !['service-manager', 'duty-officer'].includes(role) && !seen.has(agency.id) && seen.add(agency.id));
}
