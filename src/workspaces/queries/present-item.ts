import type { FindingRecordedView, ItemView, RecordItemView, StaleRecordView } from '../api/item.views.js';
import type { FindingOutcome } from '../commands/record-finding.js';
import type { RecordOutcome } from '../commands/save-record.js';
import type { ItemRow } from '../store/item-view.store.js';
import type { RecordRow } from '../store/record.store.js';
import { presentMarking } from './present-marking.js';

/** An item as the API shows it. */
export function presentItem(row: ItemRow): ItemView {
  const { id, workspace_id: workspaceId, kind, title, text, version, agency, finding } = row;
  return {
    id, workspaceId, kind, title, text, version, agency, finding,
    marking: presentMarking(row),
    createdAt: row.created_at,
    createdBy: row.created_by_name,
  };
}

/** A record as the API shows it. */
export function presentRecord(row: RecordRow): RecordItemView {
  const { id, workspace_id: workspaceId, title, body, version, versions } = row;
  return {
    id, workspaceId, title, body, version,
    marking: presentMarking(row),
    savedAt: row.updated_at,
    savedBy: versions[0]?.savedBy ?? '',
    versions: versions.map(({ savedAt, ...kept }) => ({ ...kept, savedAt: new Date(savedAt) })),
  };
}

/** What became of a save, as the API shows it. */
export function presentOutcome(outcome: RecordOutcome): RecordItemView | StaleRecordView {
  if (outcome.kind === 'saved') return presentRecord(outcome.record);
  const theirs = presentRecord(outcome.theirs);
  const message = `${theirs.savedBy} saved this record while you were changing it. Nothing of yours is lost: compare both texts and save again.`;
  return { message, theirs, yours: outcome.yours };
}

/** A finding just recorded, as the API shows it. */
export function presentFinding({ item, breach, told }: FindingOutcome): FindingRecordedView {
  return { item: presentItem(item), breach, told: told.map(({ id, code, name }) => ({ id, code, name })) };
}
