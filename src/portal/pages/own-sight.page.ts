import { Injectable } from '@nestjs/common';
import { Api, BadAddress, NotHere } from '../api.js';
import type { ItemSightParts, WorkspaceHead } from '../documents/fragments.js';
import { itemAudienceDocument } from '../documents/item-audience.js';
import { ownSightDocument, type OwnSightData } from '../documents/own-sight.js';
import { Page, type Visit } from '../page/page.js';
import { date, momentOf } from '../presenters/dates.js';
import { pageMarking } from '../presenters/marking.js';
import { agencyRows, dayField, dayIn, NO_DAY, ownWords, today } from '../presenters/sight.js';
import { kindWords } from '../presenters/words.js';
import { placeOfItem, workspaceBar } from '../presenters/workspace.js';

interface Loaded {
  readonly head: WorkspaceHead;
  readonly sight: NonNullable<OwnSightData['ownSight']>;
  /** Only for people of the agency the item is from, and not when the day asked for is none. */
  readonly audience?: ItemSightParts;
}

/** Why the reader sees an item; and to the agency it is from, who else does, or could on a day. */
@Injectable()
export class OwnSightPage extends Page<Loaded> {
  readonly view = 'own-sight';
  readonly section = 'investigations';

  constructor(private readonly api: Api) {
    super();
  }

  async load(visit: Visit): Promise<Loaded | undefined> {
    const loaded = await this.own(visit);
    // Whoever is not asked for a day is not told that it is none.
    if (loaded?.sight.reach !== 'originator') return loaded;
    const day = dayIn(visit.query);
    if (day === undefined) throw new BadAddress([NO_DAY]);
    const { itemAudience } = await this.api.ask(itemAudienceDocument, { id: loaded.sight.id, ...spanOf(day) }, visit.context);
    // Between the two questions it may have gone out of sight.
    return itemAudience === null ? undefined : { ...loaded, audience: itemAudience };
  }

  override async nothing(visit: Visit): Promise<Loaded> {
    const loaded = await this.own(visit);
    if (loaded === undefined) throw new NotHere();
    return loaded;
  }

  title({ head, sight }: Loaded): string {
    return `Why you can see ${sight.title} – ${head.reference}`;
  }

  override marking({ head, sight, audience }: Loaded): string | undefined {
    return pageMarking([head.marking.text, sight.marking, ...(audience?.markings ?? [])]);
  }

  present({ head, sight, audience }: Loaded, { me, query, problems }: Visit): object {
    const day = dayIn(query);
    const isNow = day === 'none';
    return {
      bar: workspaceBar(head, sight.kind === 'exhibit' ? 'evidence' : 'record'),
      kind: kindWords(sight.kind),
      title: sight.title,
      back: placeOfItem(head.id, sight),
      why: ownWords(sight, me.agency.name).map(([key, lines]) => ({ key, lines })),
      isOriginators: sight.reach === 'originator',
      field: dayField(query, problems, isNow ? today() : day),
      ...(audience && {
        heading: isNow || day === undefined ? 'Who can see it now' : `Who could see it on ${date(day)}`,
        isNow,
        agencies: agencyRows(audience, isNow),
        markings: audience.markings,
      }),
    };
  }

  private async own({ context, parameters }: Visit): Promise<Loaded | undefined> {
    const { id = '', itemId = '' } = parameters;
    const { workspace, ownSight } = await this.api.ask(ownSightDocument, { id, itemId }, context);
    return workspace === null || ownSight?.workspaceId !== workspace.id ? undefined : { head: workspace, sight: ownSight };
  }
}

/** A whole day, or this moment. */
function spanOf(day: string): { readonly from: string; readonly to: string } {
  if (day !== 'none') return { from: momentOf(day, 'first'), to: momentOf(day, 'last') };
  const now = new Date();
  return { from: now.toISOString(), to: new Date(now.getTime() + 1).toISOString() };
}
