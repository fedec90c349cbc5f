import { z } from 'zod';

const text = z.string().nullish().catch(null);
const actor = z.object({ person: text, name: text, agency: text, agencyName: text, roles: z.array(z.string()).catch([]), idp: text });

const answered = z.object({ reference: z.string(), agreement: text, clause: text }).transform(({ reference, agreement, clause }) => ({
  reference,
  agreement: agreement ?? null,
  clause: clause ?? null,
}));
const details = z.object({ cases: z.array(answered) });
const versioned = z.object({ version: z.int() });

/** The body of an entry as read back. Whatever somebody may have made of a row, reading it must not fail. */
const entrySchema = z.object({
  at: z.string().catch(''),
  verb: z.string().catch(''),
  category: z.string().catch(''),
  outcome: z.string().catch(''),
  actor: actor.nullish().catch(null),
  agencyCode: text,
  system: text,
  workspace: z.object({ reference: text }).nullish().catch(null),
  subject: z.object({ kind: text, id: text, title: text, marking: text, owner: text }).nullish().catch(null),
  agreement: text,
  clause: text,
  purpose: text,
  reason: text,
  policy: text,
  correlation: text,
  recipients: z.array(z.string()).nullish().catch(null),
  details: z.unknown().optional(),
});

/** An entry's body, parsed. */
export type AuditBody = z.infer<typeof entrySchema> & {
  readonly cases: readonly z.output<typeof answered>[];
  /** Of a record, the version that was saved or read. */
  readonly version: number | null;
};

/** Reads a stored body; what cannot be read is left blank. */
export function readBody(body: string): AuditBody {
  const read = entrySchema.parse(parsed(body));
  const list = details.safeParse(read.details);
  const record = versioned.safeParse(read.details);
  return { ...read, cases: list.success ? list.data.cases : [], version: record.success ? record.data.version : null };
}

/** Who acted, as she was called then, or the part of the product that did; null where nobody is named. */
export function whoActed({ actor, system }: Pick<AuditBody, 'actor' | 'system'>): string | null {
  return actor?.name ?? (system == null ? null : `Concordat (${system})`);
}

function parsed(body: string): unknown {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && !Array.isArray(value) && value !== null ? value : {};
  } catch {
    return {};
  }
}
