import { Injectable } from '@nestjs/common';
import { auditEntryDocument, type AuditEntryData } from '../documents/audit-entry.js';
import type { Visit } from '../page/page.js';
import { paths } from '../paths.js';
import { dateTime, dayOf } from '../presenters/dates.js';
import { entryRow, storiesOf, subjectOf } from '../presenters/ledger.js';
import { pageMarking } from '../presenters/marking.js';
import { codeWords, roleWords, verbWords } from '../presenters/words.js';
import { AuditorPage } from './auditor-page.js';

type Loaded = NonNullable<AuditEntryData['auditEntry']>;

/** One entry of the ledger: who, from where, what, when, under which clause, and its place in the tree. */
@Injectable()
export class AuditEntryPage extends AuditorPage<Loaded> {
  readonly view = 'audit-entry';

  protected async read({ context, parameters }: Visit): Promise<Loaded | undefined> {
    const { auditEntry } = await this.api.ask(auditEntryDocument, { id: parameters['id'] ?? '' }, context);
    return auditEntry ?? undefined;
  }

  protected address({ parameters }: Visit): string {
    return paths.auditEntry.to({ id: parameters['id'] ?? '' });
  }

  protected titleOf(entry: Loaded): string {
    return entry.index === null ? 'Ledger entry waiting for its place' : `Ledger entry ${entry.index}`;
  }

  protected override markingOf(entry: Loaded): string | undefined {
    return pageMarking([entry.subjectMarking]);
  }

  protected show(entry: Loaded): object {
    const rows: readonly (readonly [string, string | null])[] = [
      ...(isRetired(entry) ? [] : whatOf(entry)),
      ['When', dateTime(entry.at)],
      ['Who', entry.person],
      ['Agency', entry.agency],
      ['Roles', entry.roles.map(roleWords).join(', ')],
      ['Signed in through', entry.idp],
      ['Investigation', entry.workspaceReference],
      ['About', subjectOf(entry)],
      ['Marking', entry.subjectMarking],
      ['Agreement', entry.agreement],
      ['Clause', entry.clause],
      ['Purpose', entry.purpose],
      ['Reason', entry.reason],
      ['Disclosed to', entry.recipients.join(', ')],
    ];
    return {
      entry: { ...entryRow(entry, true), ...(isRetired(entry) && { what: 'An entry that is no longer kept' }) },
      details: { rows: rows.filter(([, text]) => text !== null && text !== '').map(([key, text]) => ({ key: { text: key }, value: { text, classes: 'app-break' } })) },
      cases: entry.cases.map(({ reference, agreement, clause }) => ({ reference, ground: clause === null ? 'Led by the reader’s own agency' : `Clause ${clause} of ${agreement ?? 'an agreement'}` })),
      stories: linksOf(entry),
      raw: entry.details,
      leafHash: entry.leafHash,
      proof: entry.proof,
      files: { entry: paths.entryFile.to({ id: entry.id }), proof: paths.entryProof.to({ id: entry.id }) },
      index: entry.index,
      erased: entry.erased && { at: dateTime(entry.erased.at), decidedBy: entry.erased.decidedBy, reason: entry.erased.reason, month: entry.erased.month, href: paths.auditEntry.to({ id: entry.erased.erasureId }) },
      back: paths.audit.to({}),
    };
  }
}

/** Of an entry that was retired with its month not even what was done is left. */
function isRetired({ erased }: Loaded): boolean {
  return erased !== null && erased.month !== null;
}

function whatOf({ verb, outcome, category }: Loaded): readonly (readonly [string, string])[] {
  return [['What was done', `${verbWords(verb)} (${verb})`], ['Outcome', codeWords(outcome)], ['Category', codeWords(category)]];
}

/** The stories this entry belongs to, and what else the same request did. */
function linksOf(entry: Loaded): { text: string; href: string }[] {
  const { person, item, day } = storiesOf(entry);
  const [year = '', month = '', dayOfMonth = ''] = dayOf(entry.at).split('-');
  const sight = paths.auditItemSight.to({ id: entry.subjectId ?? '' }, { 'on.day': dayOfMonth, 'on.month': month, 'on.year': year });
  return [
    ...(item === undefined ? [] : [{ text: 'The story of this item, and who saw it', href: item }, { text: 'Who could have seen this item on that day', href: sight }]),
    ...(person === undefined ? [] : [{ text: 'The story of this person', href: person }]),
    { text: 'The story of this day', href: day },
    ...(entry.correlation === null ? [] : [{ text: 'Everything the same request did', href: paths.audit.to({}, { correlation: entry.correlation }) }]),
  ];
}
