import { createUnionType } from '@nestjs/graphql';
import type { Refusal, Result } from '../../../libs/kernel/index.js';
import { Refused, RefusedQuery } from '../../platform/graphql/index.js';
import { FindingRecordedView, ItemView, RecordItemView, StaleRecordView } from './item.views.js';
import { MemberView, PurposeStatedView, WorkspaceView } from './workspace.views.js';

/** The name of the one other type a result can be, unless it is a refusal. */
const unless = (name: string) => (value: object) => ('faults' in value ? 'Refused' : name);

export const OpenWorkspaceResult = createUnionType({
  name: 'OpenWorkspaceResult',
  types: () => [WorkspaceView, Refused] as const,
  resolveType: unless('Workspace'),
});

export const StatePurposeResult = createUnionType({
  name: 'StatePurposeResult',
  types: () => [PurposeStatedView, Refused] as const,
  resolveType: unless('PurposeStated'),
});

export const InviteAgencyResult = createUnionType({
  name: 'InviteAgencyResult',
  types: () => [MemberView, Refused] as const,
  resolveType: unless('Member'),
});

export const AddNoteResult = createUnionType({
  name: 'AddNoteResult',
  types: () => [ItemView, Refused] as const,
  resolveType: unless('Item'),
});

export const ClassifyItemResult = createUnionType({
  name: 'ClassifyItemResult',
  types: () => [ItemView, Refused] as const,
  resolveType: unless('Item'),
});

export const SaveRecordResult = createUnionType({
  name: 'SaveRecordResult',
  types: () => [RecordItemView, StaleRecordView, Refused] as const,
  resolveType: (value: object) => ('theirs' in value ? 'StaleRecord' : unless('RecordItem')(value)),
});

export const RecordFindingResult = createUnionType({
  name: 'RecordFindingResult',
  types: () => [FindingRecordedView, Refused] as const,
  resolveType: unless('FindingRecorded'),
});

/** The answer of a query, which has no result union: its arguments were unusable, or it has an answer. */
export function answerOf<View>(result: Result<View, Refusal>): View {
  if (result.ok) return result.value;
  throw new RefusedQuery(result.error);
}
