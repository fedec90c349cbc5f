import type { AgencyId, PersonId, WorkspaceId } from '../../../libs/kernel/index.js';
import type { Work } from '../../platform/index.js';
import type { MarkingColumns } from '../domain/printed-marking.js';
import { agencyJson, type AgencyRow } from './rows.js';

/** The business an investigation is about. */
export interface Business {
  readonly name: string;
  readonly address: string;
  readonly postcode: string;
  /** The establishment's id in the Food Hygiene Rating Scheme. */
  readonly fhrsId: string | null;
}

/** A workspace as stored, with its lead agency. */
export interface WorkspaceRow extends MarkingColumns {
  readonly id: WorkspaceId;
  readonly reference: string;
  readonly title: string;
  readonly summary: string;
  readonly status: 'open' | 'closed';
  readonly business: Business;
  readonly purpose: string;
  readonly created_at: Date;
  readonly created_by_name: string;
  readonly lead: AgencyRow;
}

/** SQL: the columns of {@link WorkspaceRow} from `workspace w` and `agency lead`. */
export const WORKSPACE_COLUMNS = `w.id, w.reference, w.title, w.summary, w.status, w.business, w.purpose, w.created_at,
  w.created_by_name, w.tier, w.sensitive, w.descriptors, w.handling, ${agencyJson('lead')} AS lead`;

/** What a new workspace row is made of. */
export interface NewWorkspace extends MarkingColumns {
  readonly id: WorkspaceId;
  readonly reference: string;
  readonly title: string;
  readonly summary: string;
  readonly business: Business;
  readonly purpose: string;
  readonly leadAgencyId: AgencyId;
  readonly createdBy: PersonId;
  readonly createdByName: string;
}

/** Writes a workspace. Its lead agency does not see it until its membership is written too. */
export async function insertWorkspace(work: Work, workspace: NewWorkspace): Promise<void> {
  await work.sql(
    `INSERT INTO workspace (id, reference, title, summary, business, lead_agency_id, tier, sensitive, descriptors, handling,
       purpose, created_by, created_by_name, created_at)
     VALUES ($1, $2, $3, $4, $5::jsonb, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      workspace.id,
      workspace.reference,
      workspace.title,
      workspace.summary,
      JSON.stringify(workspace.business),
      workspace.leadAgencyId,
      workspace.tier,
      workspace.sensitive,
      workspace.descriptors,
      workspace.handling,
      workspace.purpose,
      workspace.createdBy,
      workspace.createdByName,
      work.at,
    ],
  );
}

/** The workspace as far as row-level security shows it to this actor. Nothing is decided by finding it. */
export async function findWorkspace(work: Work, id: WorkspaceId): Promise<WorkspaceRow | undefined> {
  const [row] = await work.sql<WorkspaceRow>(
    `SELECT ${WORKSPACE_COLUMNS} FROM workspace w JOIN agency lead ON lead.id = w.lead_agency_id WHERE w.id = $1`,
    [id],
  );
  return row;
}
