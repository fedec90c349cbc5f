import { Injectable } from '@nestjs/common';
import { Api } from '../api.js';
import { auditDeskDocument } from '../documents/audit-desk.js';
import { deleteAuditSearchDocument } from '../documents/delete-audit-search.js';
import { saveAuditSearchDocument } from '../documents/save-audit-search.js';
import { fieldsOfAddress } from '../page/address.js';
import type { Fields } from '../page/fields.js';
import { Page, type Answer, type Visit } from '../page/page.js';
import { problemsOf } from '../page/problems.js';
import { paths } from '../paths.js';
import { filterChips, filterFields, filterIn, queryOfSaved } from '../presenters/audit-filter.js';
import { FormView } from '../presenters/form.js';
import { VERB_CHOICES } from '../presenters/words.js';
import type { Desk } from './auditor-page.js';

/** What the form that deletes a search sends. */
const DELETE = 'delete';
const WORDS = new Map(VERB_CHOICES.map(({ value, text }) => [value, text]));

/** The searches an auditor keeps: run one, delete one, keep another. They are hers alone. */
@Injectable()
export class AuditSearchesPage extends Page<Desk> {
  readonly view = 'audit-searches';
  readonly section = 'audit';

  constructor(private readonly api: Api) {
    super();
  }

  async load({ context, me }: Visit): Promise<Desk | undefined> {
    if (!me.can.audit) return undefined;
    const { auditDesk } = await this.api.ask(auditDeskDocument, {}, context);
    return auditDesk ?? undefined;
  }

  title(): string {
    return 'Saved searches';
  }

  present({ searches }: Desk, visit: Visit): object {
    return {
      back: paths.audit.to({}),
      here: paths.auditSearches.to({}),
      act: DELETE,
      searches: searches.map(({ id, name, filter }) => {
        const href = paths.audit.to({}, queryOfSaved(filter));
        return { id, name, href, filters: wordsOf(filterFields(fieldsOfAddress(href))) };
      }),
      toSave: { filter: askedOf(visit), filters: wordsOf(filterToSave(visit)), field: FormView.of(visit).input('name', { label: 'Name of the search' }) },
    };
  }

  override async answer(visit: Visit): Promise<Answer> {
    const { form, context } = visit;
    if (form.text('act') === DELETE) {
      const { deleteAuditSearch } = await this.api.ask(deleteAuditSearchDocument, { id: form.text('id') }, context);
      return deleteAuditSearch.__typename === 'Refused' ? { problems: problemsOf(deleteAuditSearch) } : { go: paths.auditSearches.to({}), flash: 'search-deleted' };
    }
    const { saveAuditSearch } = await this.api.ask(saveAuditSearchDocument, { name: form.text('name'), filter: filterIn(filterToSave(visit)) }, context);
    return saveAuditSearch.__typename === 'Refused' ? { problems: problemsOf(saveAuditSearch) } : { go: paths.auditSearches.to({}), flash: 'search-saved' };
  }
}

/** The filter she came with, as the query of an address (attacker-controlled). */
function askedOf({ form, query }: Visit): string {
  return form.text('filter') || query.text('filter');
}

function filterToSave(visit: Visit): Fields {
  return filterFields(fieldsOfAddress(`?${askedOf(visit)}`));
}

function wordsOf(fields: Fields): string {
  const words = filterChips(fields, WORDS).map(({ text }) => text).join('; ');
  return words === '' ? 'Every entry' : words;
}
