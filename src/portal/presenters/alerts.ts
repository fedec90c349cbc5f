import type { AlertRow } from '../documents/fragments.js';
import { paths } from '../paths.js';
import { dateTime, isoOf } from './dates.js';
import { urgencyTag } from './words.js';

/** One row of a list of alerts. */
export function alertRow(alert: AlertRow): object {
  return {
    id: alert.id,
    href: paths.alert.to({ id: alert.id }),
    reference: alert.reference,
    urgency: urgencyTag(alert.urgency),
    raised: dateTime(alert.raisedAt),
    iso: isoOf(alert.raisedAt),
    post: alert.post,
    finding: alert.findingTitle,
    investigation: `${alert.workspaceReference} ${alert.workspaceTitle}`,
    investigationHref: paths.overview.to({ id: alert.workspaceId }),
    acknowledged: alert.acknowledgedAt === null ? undefined : `${alert.acknowledgedBy ?? 'A duty officer'}, ${dateTime(alert.acknowledgedAt)}`,
    marking: alert.marking.text,
  };
}
