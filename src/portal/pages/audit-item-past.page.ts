import { Injectable } from '@nestjs/common';
import { BadAddress, NotHere } from '../api.js';
import { itemPastDocument, type ItemPastData } from '../documents/item-past.js';
import type { Visit } from '../page/page.js';
import { paths } from '../paths.js';
import { momentForm, momentIn, momentWords, pastView } from '../presenters/item-past.js';
import { pageMarking } from '../presenters/marking.js';
import { AuditorPage, type OnDesk } from './auditor-page.js';

type Past = NonNullable<ItemPastData['itemPast']>;
interface Loaded {
  readonly past: Past | undefined;
}

/** How one item stood at a moment, for auditors: each part with the entry that set it and its proof. */
@Injectable()
export class AuditItemPastPage extends AuditorPage<Loaded> {
  readonly view = 'audit-item-past';

  protected async read({ context, parameters, query }: Visit): Promise<Loaded | undefined> {
    const { at, problems } = momentIn(query);
    if (at === undefined) throw new BadAddress(problems);
    const { itemPast } = await this.api.ask(itemPastDocument, { id: parameters['id'] ?? '', at }, context);
    return itemPast === null ? undefined : { past: itemPast };
  }

  override async nothing(visit: Visit): Promise<OnDesk<Loaded>> {
    const desk = await this.desk(visit);
    if (desk === undefined) throw new NotHere();
    return { desk, shown: { past: undefined } };
  }

  protected address({ parameters }: Visit): string {
    return paths.auditItemPast.to({ id: parameters['id'] ?? '' });
  }

  protected titleOf(): string {
    return 'How it stood';
  }

  protected override markingOf({ past }: Loaded): string | undefined {
    return pageMarking([past?.parts.find(({ name }) => name === 'marking')?.value]);
  }

  protected show({ past }: Loaded, { query, problems, parameters }: Visit): object {
    const asked = momentIn(query);
    return {
      back: paths.auditItem.to({ id: parameters['id'] ?? '' }),
      form: momentForm(query, problems, asked),
      moment: past && momentWords(asked),
      past: past && pastView(past, true),
    };
  }
}
