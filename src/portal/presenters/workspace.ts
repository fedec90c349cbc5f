import type { ItemParts, TimelineParts, WorkspaceHead, WorkspaceRow } from '../documents/fragments.js';
import type { Me } from '../page/page.js';
import { paths } from '../paths.js';
import { date, dateTime, isoOf } from './dates.js';
import { markingView } from './marking.js';
import { kindWords, statusTag, urgencyTag } from './words.js';

/** The tabs of an investigation, in order. */
const TABS = [
  ['overview', 'Overview', paths.overview],
  ['record', 'Record', paths.record],
  ['evidence', 'Evidence', paths.evidence],
  ['timeline', 'Timeline', paths.timeline],
  ['sharing', 'Sharing', paths.sharing],
  ['access-log', 'Access log', paths.accessLog],
] as const;
export type Tab = (typeof TABS)[number][0];

/** The identity bar and sub-navigation of every page of an investigation. */
export function workspaceBar(head: WorkspaceHead, tab: Tab): object {
  const { id } = head;
  return {
    reference: head.reference,
    title: head.title,
    status: statusTag(head.status),
    marking: head.marking.text,
    lead: head.leadAgency.name,
    purpose: head.statedPurpose === null ? undefined : { text: head.statedPurpose, change: paths.purpose.to({ id }) },
    href: paths.overview.to({ id }),
    tabs: TABS.map(([key, text, path]) => ({ text, href: path.to({ id }), active: key === tab })),
    can: head.can,
    links: {
      note: paths.newNote.to({ id }),
      record: paths.newRecord.to({ id }),
      finding: paths.newFinding.to({ id }),
      exhibit: paths.newExhibit.to({ id }),
      thing: paths.newThing.to({ id }),
      invite: paths.invite.to({ id }),
    },
  };
}

/** One row of the list of investigations. */
export function workspaceRow(row: WorkspaceRow): object {
  return {
    href: paths.overview.to({ id: row.id }),
    reference: row.reference,
    title: row.title,
    business: row.businessName,
    lead: row.leadAgency,
    status: statusTag(row.status),
    marking: row.marking,
    opened: dateTime(row.openedAt),
    iso: isoOf(row.openedAt),
  };
}

/** Where an item is marked anew, for people of the agency it is from; a record is marked where it is edited. */
export function classifyPathOf({ id: itemId, kind, agency }: Pick<ItemParts, 'id' | 'kind' | 'agency'>, id: string, me: Me): string | undefined {
  return kind === 'record' || agency.id !== me.agency.id ? undefined : paths.classifyItem.to({ id, itemId });
}

/** Where an item is read. */
export function placeOfItem(id: string, item: Pick<ItemParts, 'id' | 'kind'>): string {
  return item.kind === 'exhibit' ? paths.exhibit.to({ id, exhibitId: item.id }) : `${paths.record.to({ id })}#item-${item.id}`;
}

/** Where it is said why this reader sees an item, and to the agency it is from who else does. */
export function sightLink({ id: itemId, agency }: Pick<ItemParts, 'id' | 'agency'>, id: string, me: Me): object {
  return { href: paths.itemSight.to({ id, itemId }), text: agency.id === me.agency.id ? 'Why can I see this, and who else can' : 'Why can I see this' };
}

/** One item of the Record tab. */
export function itemCard(item: ItemParts, head: WorkspaceHead, me: Me): object {
  return {
    id: `item-${item.id}`,
    kind: kindWords(item.kind),
    title: item.title,
    paragraphs: paragraphs(item.text ?? ''),
    marking: markingView(item.marking),
    by: `${item.createdBy}, ${item.agency.name}`,
    at: dateTime(item.createdAt),
    iso: isoOf(item.createdAt),
    version: item.kind === 'record' ? `Version ${item.version}` : undefined,
    edit: item.kind === 'record' && head.can.saveRecord ? paths.editRecord.to({ id: head.id, recordId: item.id }) : undefined,
    classify: classifyPathOf(item, head.id, me),
    past: paths.itemPast.to({ id: head.id, itemId: item.id }),
    sight: sightLink(item, head.id, me),
    exhibit: item.kind === 'exhibit' ? paths.exhibit.to({ id: head.id, exhibitId: item.id }) : undefined,
    finding: item.finding === null ? undefined : findingView(item.finding),
  };
}

function findingView(finding: NonNullable<ItemParts['finding']>): object {
  const rows: readonly (readonly [string, string])[] = [
    ['Inspected on', date(finding.inspectedOn)],
    ['Food hygiene rating', `${finding.rating} – ${finding.ratingWords}`],
    ['Hygiene and safety', `${finding.hygiene} of 25`],
    ['Structure and cleanliness', `${finding.structure} of 25`],
    ['Confidence in management', `${finding.confidence} of 30`],
    ['Imminent risk to health', finding.imminentRisk ? 'Yes' : 'No'],
    ...(finding.rule === null ? [] : [['Risk rule', finding.rule] as const]),
  ];
  return {
    breach: finding.breach,
    urgency: finding.urgency === null ? undefined : urgencyTag(finding.urgency),
    summary: { classes: 'govuk-summary-list--no-border app-tight', rows: rows.map(([key, text]) => ({ key: { text: key }, value: { text } })) },
  };
}

/** One event of the timeline. */
export function timelineEvent(event: TimelineParts, workspaceId: string): object {
  return {
    what: event.what,
    title: event.title,
    who: event.who,
    agency: event.agency,
    marking: event.marking,
    at: dateTime(event.at),
    iso: isoOf(event.at),
    href: event.itemId === null ? undefined : `${paths.record.to({ id: workspaceId })}#item-${event.itemId}`,
  };
}

/** Text that a person wrote, split where she left a line empty. */
export function paragraphs(text: string): readonly string[] {
  return text.split(/\n{2,}/).filter((part) => part.trim() !== '');
}
