import { z, type ZodType } from 'zod';
import type { MarkingDraft } from '../domain/marking-draft.js';
import { textSchema } from '../../platform/graphql/index.js';
import type { AddNoteInput } from '../commands/add-note.js';
import type { ClassifyItemInput } from '../commands/classify-item.js';
import type { InviteAgencyInput } from '../commands/invite-agency.js';
import type { OpenWorkspaceInput } from '../commands/open-workspace.js';
import type { RecordFindingInput } from '../commands/record-finding.js';
import type { StatePurposeInput } from '../commands/state-purpose.js';
import type { SaveRecordInput } from '../commands/save-record.js';
import { FHRS_ID, INPUT_RULES } from '../domain/input-rules.js';

/** An id is not judged here: one that cannot exist is simply not found, as one that may not be known of. */
const id = z.string();
const terms = z.array(z.string().max(100, 'Choose from the current list.')).max(20, 'Choose at most 20.');

const marking: ZodType<MarkingDraft> = z.object({
  sensitive: z.boolean(),
  descriptors: terms,
  handling: terms,
  releasableTo: z.array(id).max(100, 'Name at most 100 agencies.').nullish().transform((listed) => listed ?? null),
});

const title = textSchema('Title', INPUT_RULES.title);

export const openWorkspaceSchema: ZodType<OpenWorkspaceInput> = z.object({
  title,
  summary: textSchema('Summary', INPUT_RULES.summary),
  business: z.object({
    name: textSchema('Name of the business', INPUT_RULES.businessName),
    address: textSchema('Address', INPUT_RULES.address),
    postcode: textSchema('Postcode', INPUT_RULES.postcode),
    fhrsId: z.string().regex(FHRS_ID, 'FHRS number: Enter up to 10 digits, or leave it empty.').nullish().transform((given) => given ?? null),
  }),
  purpose: textSchema('Purpose', INPUT_RULES.purpose),
  marking,
});

export const statePurposeSchema: ZodType<StatePurposeInput> = z.object({ workspaceId: id, purpose: textSchema('Purpose', INPUT_RULES.purpose) });

export const inviteAgencySchema: ZodType<InviteAgencyInput> = z.object({
  workspaceId: id,
  agencyId: id,
  clauseId: id,
  until: z.date().nullish().transform((given) => given ?? null),
});

export const addNoteSchema: ZodType<AddNoteInput> = z.object({
  workspaceId: id,
  title,
  body: textSchema('Note', INPUT_RULES.body),
  marking,
});

export const classifyItemSchema: ZodType<ClassifyItemInput> = z.object({
  id,
  marking,
  reason: textSchema('Reason', INPUT_RULES.reason),
  version: z.int(),
});

export const saveRecordSchema: ZodType<SaveRecordInput> = z.object({
  id: id.nullish().transform((given) => given ?? null),
  workspaceId: id,
  version: z.int().nullish().transform((given) => given ?? null),
  title,
  body: textSchema('Text', INPUT_RULES.body),
  marking,
  reason: textSchema('Reason', INPUT_RULES.reason).nullish().transform((given) => given ?? null),
});

export const recordFindingSchema: ZodType<RecordFindingInput> = z.object({
  workspaceId: id,
  title,
  inspectedOn: z.string().max(40, 'Date of the inspection: Write it as 2026-11-21.'),
  hygiene: z.int(),
  structure: z.int(),
  confidence: z.int(),
  imminentRisk: z.boolean(),
  narrative: textSchema('What was found', INPUT_RULES.body),
  marking,
});

export const searchTextSchema: ZodType<string> = textSchema('Search', INPUT_RULES.searchText);
