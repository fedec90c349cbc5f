import { printMarking } from '../../../libs/policy/index.js';
import { readBody, whoActed, type AuditBody } from '../domain/audit-entry.js';
import type { Erasure } from '../domain/erasure.js';
import { monthOf } from '../domain/retirement.js';
import type { AuditRow } from '../store/audit-rows.js';
import type { RetiredLeaf } from '../store/retirement-rows.js';

/** An entry as a reader sees it. */
export interface EntryView {
  readonly id: string;
  readonly index: number | null;
  readonly at: Date;
  readonly verb: string;
  readonly category: string;
  readonly outcome: string;
  readonly personId: string | null;
  readonly person: string | null;
  readonly agency: string | null;
  readonly roles: readonly string[];
  readonly idp: string | null;
  readonly workspaceReference: string | null;
  readonly subjectKind: string | null;
  readonly subjectId: string | null;
  readonly subjectTitle: string | null;
  readonly subjectMarking: string | null;
  readonly agreement: string | null;
  readonly clause: string | null;
  readonly purpose: string | null;
  readonly reason: string | null;
  readonly recipients: readonly string[];
  readonly cases: AuditBody['cases'];
  readonly details: string | null;
  readonly correlation: string | null;
  readonly leafHash: string;
  readonly proof: string | null;
  /** How it was erased, or, with a month, retired together with that; null for one that is there. */
  readonly erased: { readonly at: Date; readonly decidedBy: string; readonly reason: string; readonly erasureId: string; readonly month: string | null } | null;
}

/**
 * Everything an entry says, for those who may read all of it. Made in one piece: put together from parts it takes twice the
 * memory, and the engine lays it where it collects last, so that an export leaves 7 kB behind for each entry.
 */
export function presentEntry(row: AuditRow, proof?: string): EntryView {
  const body = readBody(row.body);
  const { actor, workspace, subject } = body;
  return {
    id: row.id,
    index: row.index === null ? null : Number(row.index),
    at: row.at,
    verb: body.verb,
    category: body.category,
    outcome: body.outcome,
    personId: actor?.person ?? null,
    person: whoActed(body),
    agency: actor?.agencyName ?? body.agencyCode ?? null,
    roles: actor?.roles ?? [],
    idp: actor?.idp ?? null,
    workspaceReference: workspace?.reference ?? null,
    subjectKind: subject?.kind ?? null,
    subjectId: subject?.id ?? null,
    subjectTitle: subject?.title ?? null,
    subjectMarking: subject?.marking ?? null,
    agreement: body.agreement ?? null,
    clause: body.clause ?? null,
    purpose: body.purpose ?? null,
    reason: body.reason ?? body.policy ?? null,
    recipients: body.recipients ?? [],
    cases: body.cases,
    details: body.details === undefined || body.details === null ? null : JSON.stringify(body.details),
    correlation: body.correlation ?? null,
    leafHash: row.leaf_hash.toString('base64'),
    proof: proof ?? null,
    erased: null,
  };
}

/**
 * An entry in a case's access log, for somebody of the agency `viewer`, which `leads` the case or does not. Of another agency's acts the circumstances are
 * left out: what was read along with a thing, and who else received it, may be hidden from this reader. So may what an
 * item was called and how it was marked then: it may have been widened since, and a reading of the whole case was marked
 * by everything that was read. Such an item is named as this reader sees it now. Under which clause another agency is let in
 * is between it and who leads: whoever is no party to an agreement learns nothing of it.
 */
export function presentAccess(row: AuditRow, viewer: string | undefined, leads: boolean): EntryView {
  const full = presentEntry(row);
  if (viewer !== undefined && row.agency_id === viewer) return full;
  const subjectTitle = full.subjectKind === 'workspace' ? full.subjectTitle : row.subject_now?.title ?? null;
  const subjectMarking = row.subject_now ? printMarking(row.subject_now) : null;
  const ground = leads ? {} : { agreement: null, clause: null, purpose: null };
  return { ...full, ...ground, subjectTitle, subjectMarking, personId: null, correlation: null, idp: null, roles: [], reason: null, recipients: [], cases: [], details: null };
}

/** What is left of an entry that was erased: what was done, when and by which agency, and how it went. */
export function presentErased(entryId: string, { id: erasureId, erasedAt, decidedBy, reason, facts }: Erasure, proof: string | undefined): EntryView {
  const { index, leafHash, verb, category, outcome, at, agency, person } = facts;
  const left = { id: entryId, index, leafHash, verb, category, outcome, at: new Date(at), agency, personId: person };
  return { ...presentEntry(NOTHING, proof), ...left, erased: { at: erasedAt, decidedBy, reason, erasureId, month: null } };
}

/** What is left of an entry that was retired with its month: when it was recorded, and how the month was retired. */
export function presentRetired(entryId: string, { index, leafHash, at, retirement }: RetiredLeaf, proof: string | undefined): EntryView {
  const { id: erasureId, retiredAt, decidedBy, reason } = retirement;
  const left = { id: entryId, index, leafHash, at, verb: '', category: '', outcome: '' };
  return { ...presentEntry(NOTHING, proof), ...left, erased: { at: retiredAt, decidedBy, reason, erasureId, month: monthOf(at) } };
}

const NOTHING: AuditRow = { id: '', at: new Date(0), body: '{}', agency_id: null, leaf_hash: Buffer.alloc(0), index: null };
