import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pages } from '../../src/portal/pages/index.js';
import { paths } from '../../src/portal/paths.js';
import { dateTime, dayOf } from '../../src/portal/presenters/dates.js';
import { openPortalCase, type PortalCase } from './portal-case.js';
import type { Reader } from './reader.js';
import type { Sheet } from './sheet.js';
import { unusualUse } from '../builders/planted-entry.js';
import { signInAuditor } from '../builders/auditor.js';

const EVERYBODY = ['amira.rahman', 'tom.bell', 'gwen.price', 'dan.cole', 'priya.shah', 'owen.hart', 'ruth.adams', 'frank.moss', 'helen.ito', 'alex.ward', 'sam.stone'] as const;
type Name = (typeof EVERYBODY)[number];

const COUNCIL = ['amira.rahman', 'tom.bell', 'gwen.price'] as const;
const POLICE = ['priya.shah', 'owen.hart', 'ruth.adams'] as const;
/** Auditors, and who manages an agency concerned. */
const ASKS_WHY = ['gwen.price', 'ruth.adams', 'alex.ward'] as const;
const INSIDE = [...COUNCIL, ...POLICE, 'frank.moss'] as const;
const CASE_WORKERS = [...INSIDE, 'helen.ito', 'sam.stone'] as const;

/** Who sees which page, written down by hand from the roles of the borough and asked of nothing in the product. */
const WHO: Readonly<Record<string, readonly Name[]>> = {
  myWork: EVERYBODY,
  investigations: CASE_WORKERS,
  newInvestigation: [...COUNCIL, 'sam.stone'],
  overview: INSIDE,
  purpose: INSIDE,
  record: INSIDE,
  newRecord: INSIDE,
  editRecord: INSIDE,
  newNote: INSIDE,
  newFinding: COUNCIL,
  evidence: INSIDE,
  newExhibit: INSIDE,
  newBundle: INSIDE,
  exhibit: INSIDE,
  viewExhibit: INSIDE,
  exhibitSharing: COUNCIL,
  recall: ['frank.moss'],
  caseHolds: INSIDE,
  newThing: INSIDE,
  recordCustody: INSIDE,
  keeping: INSIDE,
  reviewDisclosure: INSIDE,
  disclosure: INSIDE,
  review: CASE_WORKERS,
  offerCustody: COUNCIL,
  answerCustody: [...COUNCIL, ...POLICE],
  timeline: INSIDE,
  sharing: INSIDE,
  invite: COUNCIL,
  confirmInvite: COUNCIL,
  endMembership: [...COUNCIL, 'frank.moss'],
  accessLog: INSIDE,
  classifyItem: COUNCIL,
  itemSight: INSIDE,
  itemPast: INSIDE,
  alerts: CASE_WORKERS,
  alert: POLICE,
  search: CASE_WORKERS,
  audit: ['alex.ward'],
  auditReason: ['alex.ward'],
  auditSearches: ['alex.ward'],
  auditItem: ['alex.ward'],
  auditItemPast: ['alex.ward'],
  auditItemProof: ['alex.ward'],
  auditItemSight: ['alex.ward'],
  auditPerson: ['alex.ward'],
  auditDay: ['alex.ward'],
  auditEntry: ['alex.ward'],
  ledger: ['alex.ward'],
  agencyLog: ['gwen.price', 'ruth.adams'],
  unusualUses: ASKS_WHY,
  unusualUse: ASKS_WHY,
  keys: ['gwen.price', 'ruth.adams', 'alex.ward', 'dan.cole'],
  signInAdministration: ['alex.ward', 'dan.cole'],
};

/** Pages that show nothing marked even to those who see them. */
const UNMARKED = new Set(['auditItemProof', 'review', 'unusualUses', 'unusualUse', 'newInvestigation', 'ledger', 'search', 'auditReason', 'auditSearches', 'signInAdministration', 'keys']);

let at: PortalCase;
let entryId = '';
let personId = '';
let useId = '';
let recallId = '';
let addresses: (missing?: boolean) => Readonly<Record<string, string>>;

beforeAll(async () => {
  at = await openPortalCase();
  const auditor = await signInAuditor(at.world);
  const { auditLog } = await auditor.ask<{ auditLog: { nodes: { id: string; personId: string }[] } }>('{ auditLog(filter: { verb: "note.add" }) { nodes { id personId } } }');
  entryId = auditLog.nodes[0]?.id ?? '';
  personId = auditLog.nodes[0]?.personId ?? '';
  await at.world.signIn('owen.hart');
  useId = await unusualUse(at.world, { id: at.id, reference: at.reference }, 'Owen Hart');
  recallId = await plantRecall(at);
  addresses = (missing = false) => addressesOf(at, entryId, missing);
}, 180_000);

afterAll(() => at.stop());

/** An exhibit of the council's that was taken back from the fire service. */
async function plantRecall({ world, exhibitId }: PortalCase): Promise<string> {
  const { rows } = await world.superuser.query<{ id: string }>(
    `INSERT INTO exhibit_recall (id, item_id, agency_id, by_agency_id, workspace_reference, reference, title, marking, reason, recalled_by, recalled_by_name, recalled_at, seen)
     SELECT gen_random_uuid(), $1, a.id, p.agency_id, 'ASH', 'AR/1', 'A picture', 'OFFICIAL-SENSITIVE', 'Shared by mistake', p.id, p.display_name, now(), '[]'
       FROM agency a, person p WHERE a.code = 'northmoor-fire' AND p.display_name = 'Amira Rahman' RETURNING id`, [exhibitId]);
  return rows[0]?.id ?? '';
}

function addressesOf({ id: workspaceId, recordId, exhibitId, offeredId, alertId, agencies, clauses }: PortalCase, entry: string, missing: boolean): Readonly<Record<string, string>> {
  const or = (id: string): string => (missing ? randomUUID() : id);
  const id = or(workspaceId);
  return {
    myWork: paths.myWork.to({}),
    investigations: paths.investigations.to({}),
    newInvestigation: paths.newInvestigation.to({}),
    overview: paths.overview.to({ id }),
    purpose: paths.purpose.to({ id }),
    record: paths.record.to({ id }),
    newRecord: paths.newRecord.to({ id }),
    editRecord: paths.editRecord.to({ id, recordId: or(recordId) }),
    newNote: paths.newNote.to({ id }),
    newFinding: paths.newFinding.to({ id }),
    evidence: paths.evidence.to({ id }),
    newExhibit: paths.newExhibit.to({ id }),
    newBundle: paths.newBundle.to({ id }),
    exhibit: paths.exhibit.to({ id, exhibitId: or(exhibitId) }),
    viewExhibit: paths.viewExhibit.to({ id, exhibitId: or(exhibitId) }),
    exhibitSharing: paths.exhibitSharing.to({ id, exhibitId: or(exhibitId) }),
    recall: paths.recall.to({ id: or(recallId) }),
    caseHolds: paths.caseHolds.to({ id }),
    newThing: paths.newThing.to({ id }),
    recordCustody: paths.recordCustody.to({ id, exhibitId: or(exhibitId) }),
    keeping: paths.keeping.to({ id, exhibitId: or(exhibitId) }),
    reviewDisclosure: paths.reviewDisclosure.to({ id, exhibitId: or(exhibitId) }),
    disclosure: paths.disclosure.to({ id }),
    review: paths.review.to({}),
    offerCustody: paths.offerCustody.to({ id, exhibitId: or(exhibitId) }),
    answerCustody: paths.answerCustody.to({ id, exhibitId: or(offeredId) }),
    timeline: paths.timeline.to({ id }),
    sharing: paths.sharing.to({ id }),
    invite: paths.invite.to({ id }),
    confirmInvite: paths.confirmInvite.to({ id }, { agency: agencies['northmoor-health'], clause: clauses['4.3'] }),
    endMembership: paths.endMembership.to({ id, agencyId: or(agencies['northmoor-fire'] ?? '') }),
    accessLog: paths.accessLog.to({ id }),
    classifyItem: paths.classifyItem.to({ id, itemId: or(exhibitId) }),
    itemSight: paths.itemSight.to({ id, itemId: or(recordId) }),
    itemPast: paths.itemPast.to({ id, itemId: or(recordId) }),
    alerts: paths.alerts.to({}),
    alert: paths.alert.to({ id: or(alertId) }),
    search: paths.search.to({}),
    audit: paths.audit.to({}),
    auditReason: paths.auditReason.to({}),
    auditSearches: paths.auditSearches.to({}),
    auditItem: paths.auditItem.to({ id: or(recordId) }),
    auditItemPast: paths.auditItemPast.to({ id: or(recordId) }),
    auditItemProof: paths.auditItemProof.to({ id: or(exhibitId) }),
    auditItemSight: paths.auditItemSight.to({ id: or(recordId) }),
    auditPerson: paths.auditPerson.to({ id: or(personId) }),
    auditDay: paths.auditDay.to({ day: dayOf(new Date()) }),
    auditEntry: paths.auditEntry.to({ id: or(entry) }),
    ledger: paths.ledger.to({}),
    agencyLog: paths.agencyLog.to({}),
    unusualUses: paths.unusualUses.to({}),
    unusualUse: paths.unusualUse.to({ id: or(useId) }),
    keys: paths.keys.to({}),
    signInAdministration: paths.signInAdministration.to({}),
  };
}

describe('the walk', () => {
  it('covers every page there is; the page of a ticket has a spec of its own', () => {
    const walked = Object.keys(WHO).map((name) => paths[name as keyof typeof paths].pattern);
    expect(pages.map(([{ pattern }]) => pattern).filter((pattern) => pattern !== paths.upload.pattern).sort()).toEqual(walked.sort());
  });
});

describe.each(EVERYBODY)('%s', (name) => {
  let reader: Reader;
  const seen = new Map<string, Sheet>();

  beforeAll(async () => {
    reader = await at.as(name);
    for (const [page, address] of Object.entries(addresses())) seen.set(page, await reader.open(address));
  }, 120_000);

  it('sees the pages of the role, and of the others the answer that an absent page gets, byte for byte', async () => {
    const absent = await reader.open('/there/is/nothing/here');
    expect(absent.status).toBe(404);
    for (const [page, sheet] of seen) {
      const may = WHO[page]?.includes(name) === true;
      expect({ page, status: sheet.status }).toEqual({ page, status: may ? 200 : 404 });
      if (!may) expect({ page, html: sheet.html }).toEqual({ page, html: absent.html });
    }
  });

  it('is answered the same about a case that is not there', async () => {
    const absent = await reader.open('/there/is/nothing/here');
    const real = addresses();
    for (const [page, address] of Object.entries(addresses(true))) {
      if (address === real[page]) continue;
      const sheet = await reader.open(address);
      expect({ page, status: sheet.status, html: sheet.html }).toEqual({ page, status: 404, html: absent.html });
    }
  }, 60_000);

  it('finds the marking at the top and at the bottom, the same in both places, and on every page of the case', () => {
    for (const [page, { status, markings }] of seen) {
      if (status !== 200) continue;
      const [top, bottom] = markings;
      expect({ page, places: markings.map(({ place }) => place) }).toEqual({ page, places: top === undefined ? [] : ['top', 'bottom'] });
      expect(top?.text).toBe(bottom?.text);
      if (UNMARKED.has(page)) expect({ page, top }).toEqual({ page, top: undefined });
      else if (WHO[page] !== EVERYBODY && WHO[page] !== CASE_WORKERS && !page.startsWith('audit')) expect({ page, text: top?.text }).toEqual({ page, text: expect.stringContaining('OFFICIAL-SENSITIVE') });
    }
  });

  it('is led only to pages that open', async () => {
    const links = new Set([...seen.values()].flatMap((sheet) => sheet.links));
    // Of each way of filtering one link is enough; downloads have specs of their own.
    const tried = [...links].filter((link) => !link.startsWith('/assets/') && !link.endsWith('/content') && !/[?&]after=/.test(link));
    const closed: string[] = [];
    for (const link of tried) {
      const { status } = await reader.open(link);
      if (status !== 200) closed.push(`${link} ${status}`);
    }
    expect(closed).toEqual([]);
    expect(tried.length).toBeGreaterThan(0);
  }, 120_000);

  it('gets whole pages: one heading, a title, forms with their token, labels and hints that lead somewhere', () => {
    for (const [page, sheet] of seen) {
      expect({ page, headings: sheet.headings.length, title: sheet.title }).toEqual({ page, headings: 1, title: expect.stringMatching(/^\S.* – Concordat$/) });
      const { ids } = sheet;
      expect({ page, twice: ids.filter((id, place) => ids.indexOf(id) !== place) }).toEqual({ page, twice: [] });
      const wanted = [...sheet.everyAttribute('for'), ...['aria-describedby', 'aria-labelledby'].flatMap((name_) => sheet.everyAttribute(name_)).flatMap((list) => list.split(' '))];
      expect({ page, dangling: wanted.filter((id) => id !== '' && !ids.includes(id)) }).toEqual({ page, dangling: [] });
      for (const [, attributes = '', inner = ''] of sheet.html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)) {
        if (/method="post"/.test(attributes)) expect({ page, form: inner }).toEqual({ page, form: expect.stringMatching(/name="csrf" value="[\w-]{43}"/) });
      }
    }
  });

  it('is told moments in London, in full, and never as a machine writes them', () => {
    for (const [page, sheet] of seen) {
      for (const { iso, text } of sheet.times) expect({ page, text }).toEqual({ page, text: dateTime(iso) });
      expect({ page, main: sheet.main.replaceAll(/Details as recorded.*/g, '') }).toEqual({ page, main: expect.not.stringMatching(/\d{4}-\d\d-\d\dT|\b\d{4}-\d\d-\d\d\b/) });
    }
  });

  it('gets nothing that a page may not load: no style or script inside it, nothing from elsewhere, kept by nobody', () => {
    for (const [page, { html, headers }] of seen) {
      expect({ page, policy: headers.get('content-security-policy') }).toEqual({
        page,
        policy: "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; media-src 'self'; frame-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
      });
      expect([headers.get('cache-control'), headers.get('x-frame-options'), headers.get('x-content-type-options'), headers.get('referrer-policy')]).toEqual(['no-store', 'DENY', 'nosniff', 'no-referrer']);
      expect({ page, inside: /<style|<script(?![^>]*\ssrc="\/assets\/)|\sstyle="|\son[a-z]+="|javascript:|(?:src|href)="(?:https?:)?\/\//.exec(html)?.[0] }).toEqual({ page, inside: undefined });
    }
  });

  it('is offered only the entries of the navigation that lead somewhere, with the current one marked', () => {
    const work = seen.get('myWork');
    expect(work?.html).toContain('aria-current');
    const offered = ['Investigations', 'Alerts', 'Search', 'Audit log', 'Ledger check'].filter((text) => new RegExp(`service-navigation__link[^>]*>\\s*${text}`).test(work?.html ?? ''));
    const expected = name === 'alex.ward' ? ['Audit log', 'Ledger check'] : name === 'dan.cole' ? [] : ['Investigations', 'Alerts', 'Search'];
    expect(offered).toEqual(expected);
  });
});

describe('what one reader is told and another is not', () => {
  it('the note kept from fire raises the marking of the pages of those who see it, and of nobody else', async () => {
    const marking = async (name: Name, page: string): Promise<string | undefined> => (await (await at.as(name)).open(addresses()[page] ?? '')).markings[0]?.text;
    for (const page of ['overview', 'record', 'timeline']) {
      expect({ page, priya: await marking('priya.shah', page), frank: await marking('frank.moss', page) }).toEqual({
        page, priya: 'OFFICIAL-SENSITIVE - COMMERCIAL', frank: 'OFFICIAL-SENSITIVE',
      });
    }
  });

  it('counts are of what the reader sees', async () => {
    const notes = async (name: Name): Promise<string> => /Notes<\/a> <span[^>]*>(\d+)/.exec((await (await at.as(name)).open(addresses()['overview'] ?? '')).html)?.[1] ?? '';
    expect([await notes('owen.hart'), await notes('frank.moss')]).toEqual(['1', '0']);
  });

  it('only whoever is on duty is offered to acknowledge, and everybody else is told who does', async () => {
    const [priya, owen] = [await (await at.as('priya.shah')).open(addresses()['alert'] ?? ''), await (await at.as('owen.hart')).open(addresses()['alert'] ?? '')];
    expect(priya.main).toContain('Acknowledge this alert');
    expect(owen.main).not.toContain('Acknowledge this alert');
    expect(owen.main).toContain('A duty officer of your agency acknowledges this alert.');
  });

  it('a partner is told that the access log is of its own people, the lead that it is whole', async () => {
    const log = async (name: Name): Promise<string> => (await (await at.as(name)).open(addresses()['accessLog'] ?? '')).main;
    expect(await log('amira.rahman')).toContain('Who read, changed or disclosed what in this investigation');
    expect(await log('priya.shah')).toContain('What people of your own agency');
    expect(await log('frank.moss')).not.toContain('Priya Shah');
  });
});
