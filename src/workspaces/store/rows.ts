import type { AgencyId } from '../../../libs/kernel/index.js';
import type { Marking } from '../../../libs/policy/index.js';
import { levelOf, type MarkingColumns } from '../domain/printed-marking.js';

/** An agency as stored. */
export interface AgencyRow {
  readonly id: AgencyId;
  readonly code: string;
  readonly name: string;
}

/** A marked row with the agencies its marking names, as JSON from SQL. */
export interface MarkedRow extends MarkingColumns {
  readonly originator: AgencyRow;
  /** Null: every member. */
  readonly releasable: AgencyRow[] | null;
}

/** A row's marking as the policy knows it. */
export function markingOfRow(row: MarkedRow): Marking {
  const { descriptors, handling, originator, releasable } = row;
  return { ...levelOf(row), descriptors, handling, originator: originator.id, releasableTo: releasable?.map(({ id }) => id) ?? null };
}

/** SQL: an agency row as JSON. */
export function agencyJson(alias: string): string {
  return `json_build_object('id', ${alias}.id, 'code', ${alias}.code, 'name', ${alias}.name)`;
}

/** SQL: the agencies a list of ids names, by name; null where the list is null. */
export function agenciesJson(ids: string): string {
  return `CASE WHEN ${ids} IS NULL THEN NULL ELSE (
    SELECT coalesce(json_agg(${agencyJson('named')} ORDER BY named.name), '[]') FROM agency named WHERE named.id = ANY (${ids})) END`;
}

/** SQL: the columns of {@link MarkedRow}. */
export function markedColumns(alias: string, originatorAlias: string, releasableTo = `${alias}.releasable_to`): string {
  return `${alias}.tier, ${alias}.sensitive, ${alias}.descriptors, ${alias}.handling,
    ${agencyJson(originatorAlias)} AS originator, ${agenciesJson(releasableTo)} AS releasable`;
}
