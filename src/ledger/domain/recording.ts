import type { Json } from '../../../libs/kernel/index.js';
import type { Verb } from '../../../libs/policy/index.js';
import type { EntryDraft } from './entry-draft.js';

/**
 * What an entry can be asked to say beyond who acted (agency, roles, identity provider, session), when, with which outcome
 * and under which version of the policy: those are in every entry, because the act's context writes them.
 */
type Part =
  /** What was acted on, by kind and id. */
  | 'subject'
  /** The subject's title, marking and owner, as they were. */
  | 'as-it-was'
  /** The investigation, by id and by the reference the actor saw. */
  | 'case'
  | 'purpose'
  /** The agreement and clause it rested on, or that none was needed because the actor's own agency leads or owns; of a list, in `details.cases`. */
  | 'clause'
  /** Why the policy decided as it did. */
  | 'decision'
  /** Which other agencies could know of it from then on; may be none. */
  | 'recipients'
  /** The names of what was written, in `details.fields`: never what was written in them. */
  | 'fields'
  /** How many things the answer held, in `details.count`. */
  | 'count';

/** What a verb's entries carry when it was done, or why doing it leaves none. A refusal is recorded with what is known then. */
export type Recording = { readonly carries: readonly Part[] } | { readonly leavesNone: string };

const carries = (...parts: readonly Part[]): Recording => ({ carries: parts });
const leavesNone = (reason: string): Recording => ({ leavesNone: reason });

const CASE: readonly Part[] = ['subject', 'case', 'purpose', 'clause', 'decision'];
const READING = carries(...CASE, 'as-it-was');
const LISTING = carries(...CASE, 'as-it-was', 'count');
const WRITING = carries(...CASE, 'as-it-was', 'recipients', 'fields');
/** What is written is a line that everybody reads who sees the exhibit: nobody new comes to know of it. */
const CUSTODY = carries(...CASE, 'as-it-was', 'fields');
/** By the worker, which carries ids and may not read what it tells of. */
const TOLD_BY_WORKER = carries('subject', 'case', 'clause', 'decision', 'recipients');
const ACROSS_CASES = carries('decision', 'clause', 'count');

/**
 * What each verb records; its category is in libs/policy. A verb without its line does not compile, and an entry that
 * does not carry what its line asks for says so itself (`lacks`), so that a gap in the record is on record.
 */
export const RECORDING: Readonly<Record<Verb, Recording>> = {
  'page.public': leavesNone('says nothing of any person or case'),
  'page.read': leavesNone('shows what its queries answer, and each of those is an act of its own'),
  'agency.list': leavesNone('names the agencies that sign in here, to anybody'),
  'session.read': leavesNone('tells somebody who she is herself'),
  'session.sign-in': carries('subject'),
  'session.sign-out': carries('subject'),
  'session.end': carries('subject'),
  'person.disable': carries('subject'),
  'agency.import': carries('subject'),
  'idp.import': carries('subject'),
  'idp.read': carries('decision', 'count'),
  'key.list': carries('decision', 'count'),
  'key.propose': carries('subject', 'decision', 'fields'),
  'key.approve': carries('subject', 'decision'),
  'key.withdraw': carries('subject', 'decision'),
  'key.rewrap': carries('subject', 'count'),
  'agreement.list': leavesNone('lists what one\'s own agency signed, which carries no marking'),
  'agreement.sign': carries('subject', 'recipients'),
  'agreement.end': carries('subject', 'recipients'),
  'duty-post.open': carries('subject'),
  'duty-post.close': carries('subject'),
  'workspace.list': ACROSS_CASES,
  'workspace.open': carries('subject', 'as-it-was', 'case', 'purpose', 'decision', 'fields'),
  'workspace.read': LISTING,
  'workspace.search': ACROSS_CASES,
  'purpose.state': READING,
  'member.invite': carries(...CASE, 'as-it-was', 'recipients'),
  'member.end': carries(...CASE, 'as-it-was'),
  'item.read': LISTING,
  'item.explain': READING,
  'item.audience': READING,
  'item.classify': WRITING,
  'note.add': WRITING,
  'record.save': WRITING,
  'record.read': READING,
  'finding.record': WRITING,
  'exhibit.request-upload': carries(...CASE, 'as-it-was', 'fields'),
  'exhibit.deposit': WRITING,
  'exhibit.record-physical': WRITING,
  'exhibit.read': LISTING,
  'exhibit.open': READING,
  'exhibit.take-sealed': READING,
  'exhibit.sharing': READING,
  'exhibit.share': WRITING,
  'exhibit.recall': WRITING,
  'recall.list': carries('decision', 'count'),
  'recall.answer': carries('subject', 'decision'),
  'exhibit.scrub': carries('subject', 'decision'),
  'exhibit.scan': carries('subject', 'decision'),
  'exhibit.review': READING,
  'exhibit.prove': carries('subject', 'decision'),
  'proof.follow': leavesNone('says how far a reading is that an entry says was asked for and another how it ended; an entry for each look would make the ledger grow by being watched'),
  'bundle.make': carries(...CASE, 'as-it-was', 'recipients', 'count'),
  'bundle.end': carries('subject', 'count'),
  'hold.list': LISTING,
  'hold.place': CUSTODY,
  'hold.lift': CUSTODY,
  'disposal.propose': CUSTODY,
  'disposal.decide': CUSTODY,
  'retention.set': CUSTODY,
  'retention.list': ACROSS_CASES,
  'disclosure.read': LISTING,
  'disclosure.review': CUSTODY,
  'disclosure.sign': carries(...CASE, 'as-it-was', 'fields', 'count'),
  'document.take': LISTING,
  'offer.list': ACROSS_CASES,
  'custody.record': CUSTODY,
  'custody.offer': CUSTODY,
  'custody.answer': CUSTODY,
  'alert.raise': TOLD_BY_WORKER,
  'alert.send': TOLD_BY_WORKER,
  'alert.read': carries('subject', 'clause', 'decision', 'count'),
  'alert.acknowledge': READING,
  'live.listen': leavesNone('says only that something changed; what did is asked for, and recorded, by acts of its own'),
  'access-log.read': carries('case', 'decision'),
  'agency-log.read': carries('decision', 'count'),
  'ledger.search': carries('decision', 'count'),
  'ledger.read': carries('subject', 'decision'),
  'ledger.state-reason': carries('decision'),
  'ledger.save-search': carries('decision'),
  'ledger.drop-search': carries('subject', 'decision'),
  'ledger.export': carries('decision', 'count'),
  'ledger.end-export': carries('subject', 'count'),
  'ledger.erase': carries('subject'),
  'ledger.retire': carries('subject'),
  'ledger.check': carries('decision'),
  'ledger.prove': carries('decision'),
  'ledger.monitor': leavesNone('gives hashes and a size, and no entry; a record of each look would make the ledger grow by being watched'),
  'unusual-use.raise': carries('subject', 'decision'),
  'unusual-use.list': carries('decision', 'count'),
  'unusual-use.read': carries('subject', 'decision'),
  'unusual-use.assign': carries('subject', 'decision'),
  'unusual-use.answer': carries('subject', 'decision'),
  'unusual-use.close': carries('subject', 'decision'),
  'operations.health': leavesNone('says whether the product runs'),
  'operations.metrics': leavesNone('gives the operator figures without a name in them'),
};

/** What an entry of an act that was done ought to say and does not; nothing for a refusal, nor for a verb that leaves none. */
export function lackingParts(draft: EntryDraft): readonly string[] {
  const recording = RECORDING[draft.verb];
  if (draft.outcome === 'refused' || 'leavesNone' in recording) return [];
  return recording.carries.filter((part) => !CARRIED[part](draft));
}

const CARRIED: Readonly<Record<Part, (draft: EntryDraft) => boolean>> = {
  subject: ({ subject }) => isSaid(subject?.kind) && isSaid(subject?.id),
  'as-it-was': ({ subject }) => isSaid(subject?.title) && isSaid(subject?.marking) && isSaid(subject?.owner),
  case: ({ workspaceId, workspaceReference }) => isSaid(workspaceId) && isSaid(workspaceReference),
  purpose: ({ purpose }) => isSaid(purpose),
  clause: (draft) => (isSaid(draft.agreement) && isSaid(draft.clause)) || OWN.test(draft.policy ?? '') || Array.isArray(detail(draft, 'cases')),
  decision: ({ policy }) => isSaid(policy),
  recipients: ({ recipients }) => recipients !== undefined,
  fields: (draft) => Array.isArray(detail(draft, 'fields')),
  count: (draft) => typeof detail(draft, 'count') === 'number',
};

/** Reasons of the policy that are no disclosure, so that there is no clause to cite. */
const OWN = /\b(?:lead|own)-agency\b/;

function isSaid(text: string | undefined): boolean {
  return text !== undefined && text !== '';
}

function detail({ details }: EntryDraft, name: string): Json | undefined {
  if (typeof details !== 'object' || details === null || Array.isArray(details)) return undefined;
  return (details as Readonly<Record<string, Json>>)[name];
}
