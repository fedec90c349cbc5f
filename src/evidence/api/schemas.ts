import { z, type ZodType } from 'zod';
import { textSchema } from '../../platform/graphql/index.js';
import type { MarkingDraft } from '../../workspaces/index.js';
import type { RequestUploadInput } from '../commands/request-upload.js';
import { Relation } from '../domain/relation.js';
import { cleanFileName } from '../domain/file-name.js';

const terms = z.array(z.string().max(100, 'Choose from the current list.')).max(20, 'Choose at most 20.');

const fileName = z.string().transform((raw, issues) => {
  const clean = cleanFileName(raw);
  if (clean.ok) return clean.value;
  issues.addIssue({ code: 'custom', message: clean.error });
  return z.NEVER;
});

/** The marking a person gives to what she brings. */
export const markingSchema: ZodType<MarkingDraft> = z.object({
  sensitive: z.boolean(),
  descriptors: terms,
  handling: terms,
  releasableTo: z.array(z.string()).max(100, 'Name at most 100 agencies.').nullish().transform((given) => given ?? null),
});

/** What a person may ask for. Ids are not judged here: one that cannot exist is simply not found. */
export const requestUploadSchema: ZodType<RequestUploadInput> = z.object({
  workspaceId: z.string(),
  title: textSchema('Title', { min: 1, max: 200, lines: false }),
  description: textSchema('Description', { min: 0, max: 4_000, lines: true }),
  fileName: fileName.nullish().transform((given) => given ?? null),
  sizeBytes: z.int().min(0, 'Size: A file has no negative size.').nullish().transform((given) => given ?? null),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'SHA-256: Give 64 digits, 0 to 9 and a to f, or leave it out.')
    .nullish()
    .transform((given) => given ?? null),
  derivedFrom: z.string().nullish().transform((given) => given ?? null),
  relation: z.enum(Object.values(Relation), 'Relation: Choose from the list.').nullish().transform((given) => given ?? null),
  marking: markingSchema,
});
