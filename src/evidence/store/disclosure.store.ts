import type { ActorRef, ItemId, PersonId, WorkspaceId } from '../../../libs/kernel/index.js';
import type { Work } from '../../platform/index.js';
import { markedColumns, type MarkedRow } from '../../workspaces/index.js';
import type { Listed } from '../domain/disclosure.js';

/** What was said of an exhibit for disclosure. */
export interface ReviewRow {
  readonly seq: number;
  readonly class: string;
  readonly result: string;
  readonly ground: string | null;
  readonly reason: string;
  readonly agencyId: string;
  readonly agencyName: string;
  readonly reviewedBy: string;
  readonly reviewedAt: Date;
}

/** An exhibit with what was said of it, as a schedule lists it. */
export interface ScheduleRow extends MarkedRow {
  readonly id: ItemId;
  readonly reference: string;
  readonly title: string;
  readonly description: string;
  readonly form: string;
  readonly fileName: string | null;
  readonly sha256: string | null;
  readonly producer: string;
  readonly recordedAt: Date;
  readonly disposedAt: Date | null;
  /** Null: it was not reviewed. */
  readonly review: ReviewRow | null;
}

/** A version that was signed off. */
export interface VersionRow {
  readonly id: string;
  readonly version: number;
  readonly statement: string;
  readonly agencyName: string;
  readonly signedById: PersonId;
  readonly signedBy: string;
  readonly signedAt: Date;
}

const REVIEW = `r.seq, r.class, r.result, r.ground, r.reason, r.agency_id AS "agencyId", r.agency_name AS "agencyName", r.reviewed_by_name AS "reviewedBy", r.reviewed_at AS "reviewedAt"`;
const VERSION = `id, version, statement, agency_name AS "agencyName", signed_by AS "signedById", signed_by_name AS "signedBy", signed_at AS "signedAt"`;

/** What a row of the listing is made of: the review beside it is its own row or none. */
type Flat = Omit<ScheduleRow, 'review'> & { readonly [Part in keyof ReviewRow]: ReviewRow[Part] | null };

/** @param disposed - whether it is told that an exhibit was disposed of, where it was */
const listed = (disposed: string): string => `SELECT i.id, x.reference, i.title, x.description, x.form, x.file_name AS "fileName", x.sha256, x.producer_name AS producer, i.created_at AS "recordedAt",
    (SELECT d.decided_at FROM disposal d WHERE d.item_id = i.id AND d.approved AND ${disposed}) AS "disposedAt", ${REVIEW}, ${markedColumns('i', 'o')}
  FROM item i JOIN exhibit x ON x.item_id = i.id JOIN agency o ON o.id = i.originator_agency_id`;

/** The exhibits of a workspace that this reader sees with the latest review of each, in the order in which they came. */
export async function scheduleNow(work: Work, workspace: WorkspaceId, limit: number): Promise<ScheduleRow[]> {
  const rows = await work.sql<Flat>(
    `${listed('true')} LEFT JOIN LATERAL (SELECT * FROM disclosure_review d WHERE d.item_id = i.id ORDER BY seq DESC LIMIT 1) r ON true
     WHERE i.workspace_id = $1 ORDER BY i.created_at, i.id LIMIT $2`,
    [workspace, limit],
  );
  return rows.map(withReview);
}

/** What a version listed, as far as this reader sees it, with the reviews and the disposals of that time. */
export async function scheduleOf(work: Work, version: string): Promise<ScheduleRow[]> {
  const rows = await work.sql<Flat>(
    `${listed('l.disposed')} JOIN disclosure_schedule_line l ON l.item_id = i.id JOIN disclosure_review r ON r.item_id = l.item_id AND r.seq = l.review_seq
     WHERE l.schedule_id = $1 ORDER BY i.created_at, i.id`,
    [version],
  );
  return rows.map(withReview);
}

/** The same, as far as a schedule is compared with it. */
export async function listedIn(work: Work, version: string): Promise<Listed[]> {
  return work.sql('SELECT item_id AS id, review_seq AS seq, disposed FROM disclosure_schedule_line WHERE schedule_id = $1', [version]);
}

function withReview({ seq, class: kind, result, ground, reason, agencyId, agencyName, reviewedBy, reviewedAt, ...row }: Flat): ScheduleRow {
  if (seq === null || kind === null || result === null || reason === null || agencyId === null || agencyName === null || reviewedBy === null || reviewedAt === null) return { ...row, review: null };
  return { ...row, review: { seq, class: kind, result, ground, reason, agencyId, agencyName, reviewedBy, reviewedAt } };
}

/** Everything that was said of one exhibit, the latest first. */
export async function reviewsOf(work: Work, item: ItemId): Promise<ReviewRow[]> {
  return work.sql(`SELECT ${REVIEW} FROM disclosure_review r WHERE item_id = $1 ORDER BY seq DESC`, [item]);
}

export async function insertReview(work: Work, item: ItemId, review: Pick<ReviewRow, 'seq' | 'class' | 'result' | 'ground' | 'reason'>, by: ActorRef): Promise<void> {
  await work.sql(
    `INSERT INTO disclosure_review (item_id, seq, class, result, ground, reason, agency_id, agency_name, reviewed_by, reviewed_by_name, reviewed_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [item, review.seq, review.class, review.result, review.ground, review.reason, by.agencyId, by.agencyName, by.personId, by.displayName, work.at],
  );
}

/** Versions of a workspace's schedule, the latest first. */
export async function versionsOf(work: Work, workspace: WorkspaceId): Promise<VersionRow[]> {
  return work.sql(`SELECT ${VERSION} FROM disclosure_schedule WHERE workspace_id = $1 ORDER BY version DESC`, [workspace]);
}

/** Versions of one schedule are signed off one after the other. */
export async function lockSchedule(work: Work, workspace: WorkspaceId): Promise<void> {
  await work.sql('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`schedule ${workspace}`]);
}

export async function insertVersion(work: Work, workspace: WorkspaceId, signed: Pick<VersionRow, 'id' | 'version' | 'statement'>, lines: readonly ScheduleRow[], by: ActorRef): Promise<void> {
  await work.sql(
    `INSERT INTO disclosure_schedule (id, workspace_id, version, statement, agency_name, signed_by, signed_by_name, signed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [signed.id, workspace, signed.version, signed.statement, by.agencyName, by.personId, by.displayName, work.at],
  );
  const reviewed = lines.flatMap(({ id, review, disposedAt }) => (review === null ? [] : [{ id, seq: review.seq, disposed: disposedAt !== null }]));
  await work.sql(
    'INSERT INTO disclosure_schedule_line (schedule_id, item_id, review_seq, disposed) SELECT $1, * FROM unnest($2::uuid[], $3::int[], $4::boolean[])',
    [signed.id, reviewed.map(({ id }) => id), reviewed.map(({ seq }) => seq), reviewed.map(({ disposed }) => disposed)],
  );
}
