import type { Me, Section } from '../page/page.js';
import { summaryOf, type Problem } from '../page/problems.js';
import { paths } from '../paths.js';
import { witnessView, type Witnessing } from '../presenters/witnessing.js';
import { roleWords } from '../presenters/words.js';

/** Everything round the content of a page. */
export interface ChromeInput {
  readonly title: string;
  readonly me?: Me | undefined;
  readonly section?: Section | undefined;
  readonly marking?: string | undefined;
  readonly csrf?: string | undefined;
  readonly flash?: string | undefined;
  readonly openAlerts?: number | undefined;
  readonly problems?: readonly Problem[] | undefined;
  /** Who vouches for the ledger; on an auditor's pages. */
  readonly witnessing?: Witnessing | undefined;
}

/** Seconds before the end of a session at which its holder is warned. */
const WARNING_SECONDS = 300;

/** The model every view shares: title, who is signed in, navigation, marking, messages. */
export function chromeOf({ title, me, section, marking, csrf, flash, openAlerts = 0, problems = [], witnessing }: ChromeInput): object {
  const faults = summaryOf(problems);
  return {
    title: faults.length === 0 ? title : `Error: ${title}`,
    marking,
    printHref: me && paths.printStyle.to({}, { marking }),
    csrf: csrf ?? '',
    flash,
    witnessing: witnessing && { ...witnessView(witnessing), href: paths.ledger.to({}) },
    errors: faults.length === 0 ? undefined : { titleText: 'There is a problem', errorList: faults },
    home: me ? paths.myWork.to({}) : paths.signIn.to({}),
    me: me && {
      name: me.displayName,
      agency: me.agency.name,
      role: me.roles.map(roleWords).join(', '),
      seesCases: me.can.seeCases,
    },
    links: { signOut: paths.signOut.to({}), alerts: paths.alerts.to({}), search: paths.search.to({}) },
    openAlerts,
    navigation: me ? navigationOf(me, section, openAlerts) : [],
    session: me && { idle: me.idleSeconds, warning: Math.min(WARNING_SECONDS, me.idleSeconds / 2), ended: paths.sessionEnded.to({}), extend: paths.staySignedIn.to({}) },
  };
}

function navigationOf({ can }: Me, section: Section | undefined, openAlerts: number): object[] {
  const entries = [
    { key: 'my-work', text: 'My work', href: paths.myWork.to({}), shown: true },
    { key: 'investigations', text: 'Investigations', href: paths.investigations.to({}), shown: can.seeCases },
    { key: 'alerts', text: 'Alerts', href: paths.alerts.to({}), shown: can.seeCases, badge: openAlerts },
    { key: 'search', text: 'Search', href: paths.search.to({}), shown: can.seeCases },
    { key: 'audit', text: 'Audit log', href: paths.audit.to({}), shown: can.audit },
    { key: 'ledger', text: 'Ledger check', href: paths.ledger.to({}), shown: can.audit },
    { key: 'agency-log', text: 'Agency log', href: paths.agencyLog.to({}), shown: can.manageUse },
    { key: 'unusual-use', text: 'Unusual use', href: paths.unusualUses.to({}), shown: can.audit || can.manageUse },
    { key: 'keys', text: 'Keys', href: paths.keys.to({}), shown: can.administer || can.audit || can.manageUse },
    { key: 'administration', text: 'Administration', href: paths.signInAdministration.to({}), shown: can.administer || can.audit },
  ];
  return entries.filter(({ shown }) => shown).map((entry) => ({ ...entry, active: entry.key === section }));
}
