import { Injectable } from '@nestjs/common';
import { Api, BadAddress, NotHere } from '../api.js';
import { itemPastInCaseDocument, type ItemPastInCaseData } from '../documents/item-past-in-case.js';
import type { WorkspaceHead } from '../documents/fragments.js';
import { Page, type Visit } from '../page/page.js';
import { paths } from '../paths.js';
import { momentForm, momentIn, momentWords, pastView } from '../presenters/item-past.js';
import { pageMarking } from '../presenters/marking.js';
import { workspaceBar } from '../presenters/workspace.js';

interface Loaded {
  readonly head: WorkspaceHead;
  readonly past: NonNullable<ItemPastInCaseData['itemPast']>;
}

/** How one item stood at a moment, for whoever sees it: what the reader may know of it, each part with its entry. */
@Injectable()
export class ItemPastPage extends Page<Loaded> {
  readonly view = 'item-past';
  readonly section = 'investigations';

  constructor(private readonly api: Api) {
    super();
  }

  async load(visit: Visit): Promise<Loaded | undefined> {
    const { at, problems } = momentIn(visit.query);
    if (at === undefined) throw new BadAddress(problems);
    return this.ask(visit, at);
  }

  /** What is wrong with the moment is said on the page of the item, to whoever has one: the state of now beside it says nothing new. */
  override async nothing(visit: Visit): Promise<Loaded> {
    const loaded = await this.ask(visit, new Date().toISOString());
    if (loaded === undefined) throw new NotHere();
    return loaded;
  }

  title({ head }: Loaded): string {
    return `How it stood – ${head.reference} ${head.title}`;
  }

  override marking({ head, past }: Loaded): string | undefined {
    return pageMarking([head.marking.text, past.marking, past.parts.find(({ name }) => name === 'marking')?.value]);
  }

  present({ head, past }: Loaded, { query, problems }: Visit): object {
    const asked = momentIn(query);
    return {
      bar: workspaceBar(head, 'record'),
      back: paths.record.to({ id: head.id }),
      form: momentForm(query, problems, asked),
      ...(asked.at !== undefined && { moment: momentWords(asked), past: pastView(past, false) }),
    };
  }

  private async ask({ context, parameters }: Visit, at: string): Promise<Loaded | undefined> {
    const { id = '', itemId = '' } = parameters;
    const { workspace, itemPast } = await this.api.ask(itemPastInCaseDocument, { id, itemId, at }, context);
    return workspace === null || itemPast?.workspaceId !== workspace.id ? undefined : { head: workspace, past: itemPast };
  }
}
