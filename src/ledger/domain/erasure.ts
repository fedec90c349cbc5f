import { z } from 'zod';
import type { Json } from '../../../libs/kernel/index.js';

/** What stays known of an entry that was erased. No name, no title, no text of anybody's. */
export interface ErasedFacts {
  readonly index: number;
  /** In base64, as it stands in the tree. */
  readonly leafHash: string;
  readonly verb: string;
  readonly category: string;
  readonly outcome: string;
  /** When the act was done. */
  readonly at: string;
  /** The agency that did it, by its code, and the person, by her id here. */
  readonly agency: string | null;
  readonly person: string | null;
}

/** What the entry of an erasure says. */
export interface Erasure {
  readonly id: string;
  readonly erasedAt: Date;
  /** Who decided, as the operator stated it. */
  readonly decidedBy: string;
  readonly reason: string;
  readonly facts: ErasedFacts;
}

const text = z.string().nullable();
const schema = z.object({
  id: z.string(),
  at: z.string(),
  verb: z.literal('ledger.erase'),
  outcome: z.literal('done'),
  reason: z.string(),
  subject: z.object({ kind: z.literal('entry'), id: z.string() }),
  details: z.object({
    decidedBy: z.string(),
    erased: z.object({ index: z.number(), leafHash: z.string(), verb: z.string(), category: z.string(), outcome: z.string(), at: z.string(), agency: text, person: text }),
  }),
});

/** The details of the entry of an erasure. */
export function erasureDetails(decidedBy: string, facts: ErasedFacts): Json {
  return { decidedBy, erased: { ...facts } };
}

/** What `body` says of the erasure of the entry `entryId`; undefined when it is not the entry of that. */
export function readErasure(body: string, entryId: string): Erasure | undefined {
  const read = schema.safeParse(parsed(body));
  if (!read.success || read.data.subject.id !== entryId) return undefined;
  const { id, at, reason, details } = read.data;
  return { id, erasedAt: new Date(at), decidedBy: details.decidedBy, reason, facts: details.erased };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
