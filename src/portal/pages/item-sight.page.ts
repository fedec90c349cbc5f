import { Injectable } from '@nestjs/common';
import { BadAddress, NotHere } from '../api.js';
import { auditDocument, type AuditData } from '../documents/audit.js';
import { itemSightDocument, type ItemSightData } from '../documents/item-sight.js';
import type { Visit } from '../page/page.js';
import { paths } from '../paths.js';
import { date, momentOf } from '../presenters/dates.js';
import { entryRow } from '../presenters/ledger.js';
import { pageMarking } from '../presenters/marking.js';
import { pagination } from '../presenters/pagination.js';
import { agencyRows, dayField, dayIn, NO_DAY, onQuery, today } from '../presenters/sight.js';
import { roleWords } from '../presenters/words.js';
import { AuditorPage, type OnDesk } from './auditor-page.js';

type Sight = NonNullable<ItemSightData['itemSight']>;

interface Loaded {
  readonly sight: Sight | undefined;
  readonly did: AuditData['auditLog'];
  /** `YYYY-MM-DD` in London; undefined when what was entered is no day. */
  readonly day: string | undefined;
}

/** Who could have seen one item on one day, and why; and beside it who did. */
@Injectable()
export class ItemSightPage extends AuditorPage<Loaded> {
  readonly view = 'item-sight';

  protected async read(visit: Visit): Promise<Loaded | undefined> {
    const asked = dayIn(visit.query);
    if (asked === undefined) throw new BadAddress([NO_DAY]);
    const day = asked === 'none' ? today() : asked;
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
    return {
      heading: this.titleOf(loaded),
      back: paths.auditItem.to({ id: visit.parameters['id'] ?? '' }),
      field: dayField(visit.query, visit.problems, day),
      isRefused: day === undefined,
      markings: sight?.markings ?? [],
      roles: (sight?.roles ?? []).map(roleWords).join(', '),
      agencies: sight ? agencyRows(sight) : [],
      rows: did.nodes.map((entry) => entryRow(entry, true)),
      pagination: pagination(this.address(visit), onQuery(visit.query), visit.query.text('after'), did.pageInfo),
    };
  }
}
