import { Injectable } from '@nestjs/common';
import { BadAddress, NotHere } from '../api.js';
import { auditDocument, type AuditData } from '../documents/audit.js';
import { itemSightDocument, type ItemSightData } from '../documents/item-sight.js';
import type { Fields } from '../page/fields.js';
import type { Visit } from '../page/page.js';
import { paths } from '../paths.js';
import { date, dateTime, dayFrom, dayOf, momentOf } from '../presenters/dates.js';
import { FormView } from '../presenters/form.js';
import { entryRow } from '../presenters/ledger.js';
import { pageMarking } from '../presenters/marking.js';
import { pagination } from '../presenters/pagination.js';
import { roleWords } from '../presenters/words.js';
import { AuditorPage, type OnDesk } from './auditor-page.js';

type Sight = NonNullable<ItemSightData['itemSight']>;

interface Loaded {
  readonly sight: Sight | undefined;
  readonly did: AuditData['auditLog'];
  /** `YYYY-MM-DD` in London; undefined when what was entered is no day. */
  readonly day: string | undefined;
}

const REASONS: Readonly<Record<string, string>> = {
  'lead-agency': 'It leads the investigation.',
  'not-a-member': 'It was no member of the investigation under an agreement that held.',
  'above-ceiling': 'The marking was above the ceiling of its agreement.',
  'not-releasable': 'The item was not releasable to it.',
  absent: 'The item had not been made yet.',
};
const COULD: Readonly<Record<string, { text: string; classes: string }>> = {
  yes: { text: 'Could see it', classes: 'govuk-tag--green' },
  part: { text: 'Could, part of the day', classes: 'govuk-tag--yellow' },
  unknown: { text: 'Not known', classes: 'govuk-tag--orange' },
  no: { text: 'Could not', classes: 'govuk-tag--grey' },
};

/** Who could have seen one item on one day, and why; and beside it who did. */
@Injectable()
export class ItemSightPage extends AuditorPage<Loaded> {
  readonly view = 'item-sight';

  protected async read(visit: Visit): Promise<Loaded | undefined> {
    const day = dayIn(visit.query);
    if (day === undefined) throw new BadAddress([{ field: 'on', message: 'Day: This is not a day of the calendar. Enter day, month and year, such as 21 11 2026.' }]);
    const itemId = visit.parameters['id'] ?? '';
    const span = { from: momentOf(day, 'first'), to: momentOf(day, 'last') };
    const { itemSight } = await this.api.ask(itemSightDocument, { id: itemId, ...span }, visit.context);
    if (itemSight === null) return undefined;
    const after = visit.query.text('after') || null;
    const { auditLog } = await this.api.ask(auditDocument, { filter: { itemId, outcome: 'done', ...span }, after, oldestFirst: true, summary: false }, visit.context);
    return { sight: itemSight, did: auditLog, day };
  }

  override async nothing(visit: Visit): Promise<OnDesk<Loaded>> {
    const desk = await this.desk(visit);
    if (desk === undefined) throw new NotHere();
    return { desk, shown: { sight: undefined, did: { nodes: [], summary: null, pageInfo: { endCursor: null, hasNextPage: false } }, day: undefined } };
  }

  protected address({ parameters }: Visit): string {
    return paths.auditItemSight.to({ id: parameters['id'] ?? '' });
  }

  protected titleOf({ day }: Loaded): string {
    return day === undefined ? 'Who could have seen it' : `Who could have seen it on ${date(day)}`;
  }

  protected override markingOf({ sight, did }: Loaded): string | undefined {
    return pageMarking([...(sight?.markings ?? []), ...did.nodes.map(({ subjectMarking }) => subjectMarking)]);
  }

  protected show(loaded: Loaded, visit: Visit): object {
    const { sight, did, day } = loaded;
    const [year = '', month = '', dayOfMonth = ''] = (day ?? '').split('-');
    const form = new FormView(visit.query, visit.problems, { 'on.day': dayOfMonth, 'on.month': month, 'on.year': year });
    return {
      heading: this.titleOf(loaded),
      back: paths.auditItem.to({ id: visit.parameters['id'] ?? '' }),
      field: form.date('on', { label: 'Day' }),
      isRefused: day === undefined,
      markings: sight?.markings ?? [],
      roles: (sight?.roles ?? []).map(roleWords).join(', '),
      agencies: (sight?.agencies ?? []).map(agencyView),
      rows: did.nodes.map((entry) => entryRow(entry, true)),
      pagination: pagination(this.address(visit), onQuery(visit.query), visit.query.text('after'), did.pageInfo),
    };
  }
}

function agencyView({ agency, could, reason, agreement, clause, purpose, from, agreementIsNow }: Sight['agencies'][number]): object {
  return { agency, could: COULD[could] ?? { text: could, classes: '' }, why: why(), since: could === 'part' && from !== null ? dateTime(from) : '' };

  function why(): string {
    const cited = `clause ${clause ?? ''} of ${agreement ?? ''}, ${purpose ?? ''}`;
    if (agreementIsNow !== null) return `It was a member under ${cited}. That agreement is ${agreementIsNow} now, and since when is not kept: whether it was live on this day is not known.`;
    return clause === null ? (REASONS[reason] ?? reason) : `Member under ${cited}.`;
  }
}

function onQuery(query: Fields): Readonly<Record<string, string>> {
  return Object.fromEntries(['day', 'month', 'year'].map((part) => [`on.${part}`, query.text(`on.${part}`)]));
}

/** Today where no day was asked for. */
function dayIn(query: Fields): string | undefined {
  const parts = Object.values(onQuery(query));
  const [day = '', month = '', year = ''] = parts;
  return parts.every((part) => part === '') ? dayOf(new Date()) : dayFrom(day, month, year);
}
