import type { ReviewRow, Schedule, ScheduleLine } from '../queries/disclosure-schedule.js';
import type { DisclosureReviewView, DisclosureScheduleView, ScheduleLineView } from './disclosure.views.js';

/** A review as its readers see it. */
export function presentReview({ seq, class: kind, result, ground, reason, reviewedBy, agencyName, reviewedAt }: ReviewRow): DisclosureReviewView {
  return { seq, class: kind, result, ground, reason, reviewedBy, agency: agencyName, reviewedAt };
}

/** A schedule as its readers see it. What is shown of an older version is not reviewed there. */
export function presentSchedule({ shown, lines, versions, since, state, isCut, canSign }: Schedule): DisclosureScheduleView {
  return {
    state, canSign,
    version: shown?.version ?? null,
    current: versions.length > 0 && since.length === 0,
    since: since.map(({ id, reference, title, what }) => ({ exhibitId: id, reference, title, what })),
    lines: lines.map((line) => presentLine(line, shown === undefined && line.mayReview)),
    versions: versions.map(({ version, signedBy, agencyName, signedAt, statement }) => ({ version, signedBy, agency: agencyName, signedAt, statement })),
    cut: isCut,
  };
}

function presentLine({ id, reference, title, producer, originator, marking, disposedAt, review }: ScheduleLine, canReview: boolean): ScheduleLineView {
  return { exhibitId: id, reference, title, producedBy: producer, agency: originator.name, marking, disposed: disposedAt !== null, review: review && presentReview(review), canReview };
}
